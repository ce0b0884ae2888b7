package io.nettrace.edge.api.v1;

import io.nettrace.metric.AddressText;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import io.nettrace.platform.crypto.Sha256;
import io.nettrace.route.EventPosition;
import io.nettrace.sample.BurstSample;
import io.nettrace.sample.Selection;
import io.nettrace.sample.TraceSample;
import java.net.InetAddress;
import java.time.Instant;
import java.util.HexFormat;

/** Names of events and measurements: the same in every answer, now and later. */
final class ItemIds {
  private static final int BYTES = 12;

  private ItemIds() {}

  /** Made of what no two events share: type, moment and what it was seen at. */
  static String of(EventView.Type type, EventPosition position) {
    return hash("ev_", "%s|%s|%s".formatted(type, Micros.of(position.at()), position.key()));
  }

  /** The same for all revisions. */
  static String burst(Selection of, BurstSample burst) {
    return measured("bu_", of, burst.observedAt(), burst.method(), burst.mode(), burst.address());
  }

  static String trace(Selection of, TraceSample trace) {
    return measured("tr_", of, trace.observedAt(), trace.method(), trace.mode(), trace.address());
  }

  private static String measured(
      String prefix,
      Selection of,
      Instant observedAt,
      Protocol method,
      ProbeMode mode,
      InetAddress address) {
    return hash(
        prefix,
        String.join(
            "|",
            of.targetId(),
            of.vantagePoint(),
            Micros.of(observedAt),
            method.name(),
            mode.name(),
            AddressText.of(address)));
  }

  private static String hash(String prefix, String name) {
    byte[] hash = Sha256.of(name);
    return prefix + HexFormat.of().formatHex(hash, 0, BYTES);
  }
}
