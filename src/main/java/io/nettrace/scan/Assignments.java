package io.nettrace.scan;

import io.nettrace.platform.Service;
import io.nettrace.scanner.AssignedTarget;
import io.nettrace.scanner.Assignment;
import io.nettrace.scanner.Cadence;
import io.nettrace.scanner.Lease;
import io.nettrace.target.Targets;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** What a vantage point is to measure: today every target of the catalogue, from everywhere. */
@Service
public class Assignments {
  private final ScanConfig config;
  private final List<AssignedTarget> assigned;
  private final String digest;
  private final String simulatedDigest;

  @Inject
  Assignments(ScanConfig config, Targets targets) {
    this.config = config;
    this.assigned =
        targets.all().stream()
            .map(t -> AssignedTarget.ofCatalogue(t.id(), t.host(), t.port(), t.methods()))
            .toList();
    this.digest = digest(config.cadence(false), assigned);
    this.simulatedDigest = digest(config.cadence(true), assigned);
  }

  Assignment of(VantagePoint vantagePoint, long revision, Lease lease) {
    return new Assignment(
        vantagePoint.name(), revision, config.cadence(vantagePoint.simulated()), assigned, lease);
  }

  /** Two assignments are the same exactly when their fingerprints are. */
  String digest(VantagePoint vantagePoint) {
    return vantagePoint.simulated() ? simulatedDigest : digest;
  }

  private static String digest(Cadence cadence, List<AssignedTarget> targets) {
    String content = cadence + "\n" + targets;
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
