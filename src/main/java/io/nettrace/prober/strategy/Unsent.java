package io.nettrace.prober.strategy;

import io.nettrace.metric.Burst;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.ProbeOutcome;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.Trace;
import io.nettrace.metric.TraceEnd;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/** Results of measurements for which no probe could be sent. */
final class Unsent {
  private Unsent() {}

  static Trace trace(Instant startedAt, InetAddress address, Protocol protocol, ProbeMode mode) {
    return new Trace(startedAt, address, protocol, mode, List.of(), TraceEnd.SEND_FAILED);
  }

  static Burst burst(
      Instant startedAt,
      InetAddress address,
      Protocol protocol,
      ProbeMode mode,
      int packets,
      String reason) {
    return Burst.of(
        startedAt,
        address,
        protocol,
        mode,
        Collections.nCopies(packets, new ProbeOutcome.SendFailed(reason)));
  }
}
