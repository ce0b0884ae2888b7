/**
 * The vocabulary of measurement, in the terms of the RFCs, and its arithmetic: what a probe can end
 * as, what a burst and a trace are, and how delays are summarised. Plain values without I/O, shared
 * by everything that measures, stores or serves.
 *
 * <p>Rules: a lost packet has no delay (RFC 2681), so an absent delay is an empty optional and
 * never 0; percentiles are conditional on an answer (RFC 8912) and always stand beside the loss;
 * delays are nanoseconds, ratios lie in 0–1.
 */
@NullMarked
package io.nettrace.metric;

import org.jspecify.annotations.NullMarked;
