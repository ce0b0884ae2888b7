/**
 * Measures round-trip delay, loss and the hops of the path to an address: real packets, many
 * targets at once, under one rate. A stranger can use it without the rest of NetTrace.
 *
 * <pre>
 *   Prober ── strategy (what to send when) ── Network ◄─ net (sockets) ── packet (bytes)
 * </pre>
 *
 * <p>Rules: a lost packet has no delay; a probe that could not be sent is not a lost one; all
 * probes of a trace belong to one flow (Paris traceroute) unless extra flows are asked for or the
 * mode cannot do it; every reply is hostile input. Which {@link io.nettrace.metric.ProbeMode} is in
 * use is decided at the start, with a reason, and each result names it.
 *
 * <p>Out of scope: which targets to measure and when, and what the results mean.
 */
@NullMarked
package io.nettrace.prober;

import org.jspecify.annotations.NullMarked;
