package io.nettrace.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.metric.Protocol;
import io.nettrace.scanner.AssignedTarget;
import io.nettrace.scanner.Cadence;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AssignmentDigestTest {
  private static final Cadence CADENCE =
      new Cadence(Duration.ofSeconds(60), 10, Duration.ofMinutes(15), 1000);
  private static final AssignedTarget TARGET =
      target("nyse", "www.nyse.com", 443, List.of(Protocol.ICMP), Optional.empty(), false);

  /** Written by hand from the description of the form, so that no release changes it unawares. */
  @Test
  void theFormIsWhatIsWritten() {
    String form =
        "00000015"
            + hex("nettrace-assignment-1")
            + "0000000df8475800" // 60 s
            + "0000000a"
            + "000000d18c2e2800" // 15 min
            + "000003e8"
            + "00000001"
            + "00000004"
            + hex("nyse")
            + "0000000c"
            + hex("www.nyse.com")
            + "000001bb"
            + "00000001"
            + "00000004"
            + hex("ICMP")
            + "00"
            + "00";
    assertThat(HexFormat.of().formatHex(AssignmentDigest.canonical(CADENCE, List.of(TARGET))))
        .isEqualTo(form);
  }

  @Test
  void whateverDiffersHasAnotherIdentity() {
    List<AssignedTarget> one = List.of(TARGET);
    List<String> digests =
        Stream.concat(
                Stream.of(
                        new Cadence(Duration.ofSeconds(61), 10, Duration.ofMinutes(15), 1000),
                        new Cadence(Duration.ofSeconds(60), 11, Duration.ofMinutes(15), 1000),
                        new Cadence(Duration.ofSeconds(60), 10, Duration.ofMinutes(16), 1000),
                        new Cadence(Duration.ofSeconds(60), 10, Duration.ofMinutes(15), 1001))
                    .map(cadence -> AssignmentDigest.of(cadence, one)),
                Stream.of(
                        List.<AssignedTarget>of(),
                        one,
                        List.of(TARGET, TARGET),
                        List.of(with("nyse2", "www.nyse.com")),
                        List.of(with("nyse", "www.nyse.com, 443")),
                        List.of(with("nysew", "ww.nyse.com")),
                        List.of(
                            target(
                                "nyse",
                                "www.nyse.com",
                                80,
                                List.of(Protocol.ICMP),
                                Optional.empty(),
                                false)),
                        List.of(
                            target(
                                "nyse",
                                "www.nyse.com",
                                443,
                                List.of(Protocol.ICMP, Protocol.TCP),
                                Optional.empty(),
                                false)),
                        List.of(
                            target(
                                "nyse",
                                "www.nyse.com",
                                443,
                                List.of(Protocol.TCP, Protocol.ICMP),
                                Optional.empty(),
                                false)),
                        List.of(
                            target(
                                "nyse",
                                "www.nyse.com",
                                443,
                                List.of(Protocol.ICMP),
                                Optional.of(Duration.ofSeconds(60)),
                                false)),
                        List.of(
                            target(
                                "nyse",
                                "www.nyse.com",
                                443,
                                List.of(Protocol.ICMP),
                                Optional.empty(),
                                true)))
                    .map(targets -> AssignmentDigest.of(CADENCE, targets)))
            .toList();
    assertThat(digests).hasSize(15).doesNotHaveDuplicates();
    assertThat(AssignmentDigest.of(CADENCE, List.of(with("nyse", "www.nyse.com"))))
        .isEqualTo(AssignmentDigest.of(CADENCE, one));
  }

  private static AssignedTarget with(String id, String host) {
    return target(id, host, 443, List.of(Protocol.ICMP), Optional.empty(), false);
  }

  private static AssignedTarget target(
      String id,
      String host,
      int port,
      List<Protocol> methods,
      Optional<Duration> every,
      boolean guarded) {
    return new AssignedTarget(id, host, port, methods, every, guarded);
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }
}
