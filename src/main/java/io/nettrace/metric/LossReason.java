package io.nettrace.metric;

import java.net.InetAddress;
import java.util.Optional;

/**
 * What came back for probes that count as lost, although something did.
 *
 * @param from who refused them, or answered in the target's place
 * @param refusal type and code of the ICMP error; empty when another address answered the probe
 */
public record LossReason(int probes, InetAddress from, Optional<Refusal> refusal) {}
