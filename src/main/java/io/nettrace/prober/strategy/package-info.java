/**
 * What to send when, and what answers mean: a state machine without sockets, threads or clocks of
 * its own.
 *
 * <pre>
 *   Task (a trace, a burst) ──probe(item, due)──► Engine ──send──► Network
 *     ▲   asks Path: delay, silence,               │  slowest first, paced,
 *     │   distance of each hop                     │  within each Router's budget
 *     └──answered · expired · refused──────────────┘◄──answers, stamps── Network
 * </pre>
 *
 * <p>Rules: one thread turns the {@link io.nettrace.prober.strategy.Engine}; the world behind it is
 * a {@link io.nettrace.prober.strategy.Network}, of which tests make a simulated one. A probe is
 * waited for as long as its hop's own memory says, never a fixed second; an answer that comes later
 * still counts while its trace runs. Everything is bounded by {@link
 * io.nettrace.prober.strategy.EngineBounds}.
 */
@NullMarked
package io.nettrace.prober.strategy;

import org.jspecify.annotations.NullMarked;
