/** What NetTrace's programs print while they run: one line an event, in UTC. Plain Java. */
@NullMarked
package io.nettrace.platform.log;

import org.jspecify.annotations.NullMarked;
