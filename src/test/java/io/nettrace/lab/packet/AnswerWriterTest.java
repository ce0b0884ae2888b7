package io.nettrace.lab.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.lab.packet.LabIcmpError.Reason;
import io.nettrace.metric.MplsLabel;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AnswerWriterTest {
  private static final Path GOLDEN =
      Path.of("src/test/resources/io/nettrace/lab/packet/answers.txt");
  private static final List<MplsLabel> LABELS =
      List.of(new MplsLabel(24_001, 0, false, 1), new MplsLabel(17, 5, true, 1));
  private static final int ROUTER_TTL = 253;
  private static final int HOST_TTL = 50;

  private final AnswerWriter writer = new AnswerWriter();
  private final ByteBuffer out = ByteBuffer.allocate(1_536);

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void anAnswerIsByteForByteWhatTheRfcsAskFor(String name, String probeHex, String answerHex) {
    Probe probe = new Probe();
    byte[] bytes = HexFormat.of().parseHex(probeHex);
    assertThat(probe.read(ByteBuffer.wrap(bytes), bytes.length)).isTrue();
    assertThat(probe.transportChecksumHolds()).isTrue();

    int length = answer(name, probe);

    assertThat(HexFormat.of().formatHex(out.array(), 0, length)).isEqualTo(answerHex);
  }

  private int answer(String name, Probe probe) {
    return switch (name) {
      case "time-exceeded-4" -> error(Reason.TIME_EXCEEDED, "198.18.5.9", 28, List.of(), probe);
      case "time-exceeded-4-labels" ->
          error(Reason.TIME_EXCEEDED, "198.18.5.9", 128, LABELS, probe);
      case "time-exceeded-6" ->
          error(Reason.TIME_EXCEEDED, "2001:db8:5::9", 1_000, List.of(), probe);
      case "time-exceeded-6-labels" ->
          error(Reason.TIME_EXCEEDED, "2001:db8:5::9", 128, LABELS, probe);
      case "port-unreachable-4" -> unreachable("198.19.0.1", probe);
      case "port-unreachable-6" -> unreachable("2001:db8:1001::1", probe);
      case "no-route-4" ->
          writer.error(
              out,
              probe,
              new LabIcmpError(Reason.NO_ROUTE, wire("198.18.5.9"), 28, List.of()),
              20,
              255);
      case "echo-reply-4", "echo-reply-6" -> writer.echoReply(out, probe, HOST_TTL);
      case "reset-4" -> writer.tcpAnswer(out, probe, HOST_TTL, false);
      case "fin-4", "data-6" -> writer.tcpAnswer(out, probe, HOST_TTL, true);
      default -> throw new IllegalArgumentException("no such case: " + name);
    };
  }

  private int error(
      Reason reason, String responder, int quoteBytes, List<MplsLabel> labels, Probe probe) {
    return writer.error(
        out, probe, new LabIcmpError(reason, wire(responder), quoteBytes, labels), 1, ROUTER_TTL);
  }

  private int unreachable(String host, Probe probe) {
    LabIcmpError error = new LabIcmpError(Reason.PORT_UNREACHABLE, wire(host), 548, List.of());
    return writer.error(out, probe, error, 6, HOST_TTL);
  }

  @Test
  void anOpenPortAcceptsASynWithTheSameSequenceNumberEachTime() {
    ByteBuffer syn = ProbeBytes.tcp("198.18.0.1", "198.19.0.1", 40_000, 443, 1_000, 0x02);
    Probe probe = new Probe();
    assertThat(probe.read(syn, syn.limit())).isTrue();

    int length = writer.tcpAnswer(out, probe, HOST_TTL, true);
    int sequence = out.getInt(24);
    assertThat(writer.tcpAnswer(out, probe, HOST_TTL, true)).isEqualTo(length);

    assertThat(out.getInt(24)).isEqualTo(sequence);
    assertThat(out.getInt(28)).as("acknowledges the SYN").isEqualTo(1_001);
    assertThat(out.get(33)).as("SYN and ACK").isEqualTo((byte) 0x12);
    Probe answer = new Probe();
    assertThat(answer.read(out, length)).isTrue();
    assertThat(answer.transportChecksumHolds()).isTrue();
  }

  @Test
  void aResetOrABareAcknowledgementNeedsNoAnswer() {
    for (int flags : new int[] {0x04, 0x10, 0x14}) {
      ByteBuffer segment = ProbeBytes.tcp("198.18.0.1", "198.19.0.1", 40_000, 443, 1_000, flags);
      Probe probe = new Probe();
      assertThat(probe.read(segment, segment.limit())).isTrue();
      assertThat(writer.tcpAnswer(out, probe, HOST_TTL, true)).isZero();
    }
  }

  @Test
  void anErrorAboutALargeProbeStaysWithinTheLimitsOfItsIpVersion() {
    ByteBuffer large = ProbeBytes.udp("198.18.0.1", "198.19.0.1", 9, 33_434, new byte[1_400], 3);
    Probe probe = new Probe();
    assertThat(probe.read(large, large.limit())).isTrue();

    int length = error(Reason.TIME_EXCEEDED, "198.18.5.9", 1_232, LABELS, probe);

    assertThat(length).isLessThanOrEqualTo(576);
    Probe answer = new Probe();
    assertThat(answer.read(out, length)).isTrue();
    assertThat(answer.transportChecksumHolds()).isTrue();
  }

  static Stream<Object[]> cases() throws IOException {
    List<Object[]> cases = new ArrayList<>();
    List<String> lines =
        Files.readAllLines(GOLDEN).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(String::strip)
            .toList();
    for (int i = 0; i < lines.size(); i += 3) {
      cases.add(
          new Object[] {
            lines.get(i),
            lines.get(i + 1).replaceFirst("probe +", ""),
            lines.get(i + 2).replaceFirst("answer +", "")
          });
    }
    assertThat(cases).hasSizeGreaterThan(10);
    return cases.stream();
  }

  private static WireAddress wire(String address) {
    return WireAddress.of(InetAddress.ofLiteral(address));
  }
}
