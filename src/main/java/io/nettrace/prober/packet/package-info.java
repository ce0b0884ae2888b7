/**
 * The bytes of probes and of the replies to them: codecs without any input or output.
 *
 * <p>Rules: every reply is hostile until proven otherwise. A decoder never throws, whatever the
 * bytes; it answers with a {@link io.nettrace.prober.packet.ReplyVerdict} and fills a {@link
 * io.nettrace.prober.packet.Reply} only with what the bytes really say. Encoders keep the header
 * fields that load balancers hash constant for one flow (Paris traceroute), so that all probes of a
 * trace take one path.
 */
@NullMarked
package io.nettrace.prober.packet;

import org.jspecify.annotations.NullMarked;
