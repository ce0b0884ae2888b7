/** What several tests stand on. */
@NullMarked
package io.nettrace.testing;

import org.jspecify.annotations.NullMarked;
