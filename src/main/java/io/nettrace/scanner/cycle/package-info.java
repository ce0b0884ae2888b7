/**
 * The measuring itself: which target is due when, by which method, and what makes a trace worth
 * taking out of turn. The schedule is spread over the cycle, so that neither the network nor a
 * shared router sees a wave.
 */
@NullMarked
package io.nettrace.scanner.cycle;

import org.jspecify.annotations.NullMarked;
