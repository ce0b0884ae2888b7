/** Times as texts: one parser and one bound for those of others, one form for ours. Plain Java. */
@NullMarked
package io.nettrace.platform.time;

import org.jspecify.annotations.NullMarked;
