/**
 * The engine's network, made of real sockets. Which door of the operating system is open decides
 * the {@link io.nettrace.metric.ProbeMode}.
 *
 * <p>Rules: every arriving packet goes through a decoder of {@code packet} and must name a probe of
 * ours that is on its way to the address it quotes; all others are dropped and counted by reason. A
 * send that fails because an ICMP error was pending on the socket is repeated, never taken for
 * loss.
 */
@NullMarked
package io.nettrace.prober.net;

import org.jspecify.annotations.NullMarked;
