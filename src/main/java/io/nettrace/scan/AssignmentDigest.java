package io.nettrace.scan;

import io.nettrace.metric.Protocol;
import io.nettrace.platform.crypto.Sha256;
import io.nettrace.scanner.AssignedTarget;
import io.nettrace.scanner.Cadence;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Identity of an assignment: SHA-256 over a canonical form of its cadence and targets.
 *
 * <p>The form, in this order: the text {@code nettrace-assignment-1}; time between bursts, packets
 * of a burst, time between traces, packets per second; the number of targets, and of each its id,
 * host, port, number and names of methods, whether it has a cadence of its own and which, and
 * whether it is guarded. Numbers are big-endian, an int for counts and ports, a long of nanoseconds
 * for times; texts are their length in bytes and UTF-8. Each value says where it ends, so two
 * different assignments never have the same form.
 */
final class AssignmentDigest {
  private static final String FORM = "nettrace-assignment-1";

  private AssignmentDigest() {}

  static String of(Cadence cadence, List<AssignedTarget> targets) {
    byte[] hash = Sha256.of(canonical(cadence, targets));
    return HexFormat.of().formatHex(hash);
  }

  static byte[] canonical(Cadence cadence, List<AssignedTarget> targets) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      text(out, FORM);
      time(out, cadence.burstEvery());
      out.writeInt(cadence.burstPackets());
      time(out, cadence.traceEvery());
      out.writeInt(cadence.packetsPerSecond());
      out.writeInt(targets.size());
      for (AssignedTarget target : targets) {
        target(out, target);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory is written without failures", e);
    }
    return bytes.toByteArray();
  }

  private static void target(DataOutputStream out, AssignedTarget target) throws IOException {
    text(out, target.targetId());
    text(out, target.host());
    out.writeInt(target.port());
    out.writeInt(target.methods().size());
    for (Protocol method : target.methods()) {
      text(out, method.name());
    }
    Optional<Duration> every = target.burstEvery();
    out.writeBoolean(every.isPresent());
    if (every.isPresent()) {
      time(out, every.get());
    }
    out.writeBoolean(target.guarded());
  }

  private static void time(DataOutputStream out, Duration time) throws IOException {
    out.writeLong(time.toNanos());
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
