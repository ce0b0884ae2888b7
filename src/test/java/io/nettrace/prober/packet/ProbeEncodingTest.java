package io.nettrace.prober.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProbeEncodingTest {
  private static final InetAddress SOURCE = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress TARGET = InetAddress.ofLiteral("198.51.100.7");
  private static final InetAddress SOURCE_V6 = InetAddress.ofLiteral("2001:db8::1");
  private static final InetAddress TARGET_V6 = InetAddress.ofLiteral("2001:db8::7");

  @Test
  void allEchoRequestsOfAFlowHaveOneChecksumAndEachFlowItsOwn() {
    Set<Integer> checksums = new HashSet<>();
    for (int flow = 0; flow <= 16; flow++) {
      Set<Integer> ofFlow = new HashSet<>();
      for (int sequence = 1; sequence < 65_535; sequence += 97) {
        ByteBuffer probe = ByteBuffer.allocate(EchoRequest.BYTES);
        EchoRequest.write(probe, false, 0x4e54, sequence, flow);
        assertThat(Checksum.sum(probe, 0, EchoRequest.BYTES)).isEqualTo(0xffff);
        ofFlow.add(Short.toUnsignedInt(probe.getShort(2)));
      }
      assertThat(ofFlow).hasSize(1);
      checksums.addAll(ofFlow);
    }
    assertThat(checksums).hasSize(17);
  }

  @Test
  void aUdpProbesChecksumIsItsNumberAndHolds() {
    for (int number = 1; number < 65_535; number += 89) {
      udp(SOURCE, TARGET, number);
      udp(SOURCE_V6, TARGET_V6, number);
    }
  }

  @Test
  void aSynIsAcceptedByAnyReceiver() {
    ByteBuffer probe = ByteBuffer.allocate(TcpSyn.BYTES);
    TcpSyn.write(
        probe,
        AddressBits.hi(SOURCE_V6),
        AddressBits.lo(SOURCE_V6),
        AddressBits.hi(TARGET_V6),
        AddressBits.lo(TARGET_V6),
        40_000,
        443,
        0x1234_5678);
    assertThat(probe.position()).isEqualTo(TcpSyn.BYTES);
    assertThat(probe.getInt(4)).isEqualTo(0x1234_5678);
    assertThat(withPseudoHeader(probe, SOURCE_V6, TARGET_V6, TcpSyn.PROTOCOL)).isEqualTo(0xffff);
  }

  private static void udp(InetAddress source, InetAddress target, int number) {
    ByteBuffer probe = ByteBuffer.allocate(UdpProbe.BYTES);
    UdpProbe.write(
        probe,
        AddressBits.hi(source),
        AddressBits.lo(source),
        AddressBits.hi(target),
        AddressBits.lo(target),
        40_000,
        33_434,
        number);
    assertThat(Short.toUnsignedInt(probe.getShort(6))).isEqualTo(number);
    assertThat(withPseudoHeader(probe, source, target, UdpProbe.PROTOCOL)).isEqualTo(0xffff);
  }

  private static int withPseudoHeader(
      ByteBuffer probe, InetAddress source, InetAddress target, int protocol) {
    return Checksum.add(
        Checksum.sum(probe, 0, probe.position()),
        Checksum.pseudoHeader(
            AddressBits.hi(source),
            AddressBits.lo(source),
            AddressBits.hi(target),
            AddressBits.lo(target),
            protocol,
            probe.position()));
  }
}
