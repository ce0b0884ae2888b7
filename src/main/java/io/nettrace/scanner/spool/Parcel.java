package io.nettrace.scanner.spool;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A delivery as the contract's JSON, put together from measurements that are JSON already. */
final class Parcel {
  private Parcel() {}

  /** {@code waited} as {@link io.nettrace.scanner.Delivery} has it. */
  static byte[] write(
      Header header, Seal seal, List<SpoolEntry> entries, Optional<Duration> waited) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    text(
        json,
        "{\"spool\":\"%s\",\"sequence\":%d,\"vantagePoint\":\"%s\",\"simulated\":%b,\"sealedAt\":\"%s\""
            .formatted(
                header.spool(),
                seal.sequence(),
                header.vantagePoint(),
                header.simulated(),
                seal.sealedAt()));
    list(json, "bursts", SpoolEntry.Kind.BURST, entries);
    list(json, "traces", SpoolEntry.Kind.TRACE, entries);
    list(json, "resolutions", SpoolEntry.Kind.RESOLUTION, entries);
    list(json, "faults", SpoolEntry.Kind.FAULT, entries);
    waited.ifPresent(time -> text(json, ",\"waited\":\"" + time + "\""));
    text(json, "}");
    return json.toByteArray();
  }

  private static void list(
      ByteArrayOutputStream json, String name, SpoolEntry.Kind kind, List<SpoolEntry> entries) {
    text(json, ",\"" + name + "\":[");
    boolean first = true;
    for (SpoolEntry entry : entries) {
      if (entry.kind() == kind) {
        if (!first) {
          json.write(',');
        }
        json.writeBytes(entry.content());
        first = false;
      }
    }
    text(json, "]");
  }

  private static void text(ByteArrayOutputStream json, String text) {
    json.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
