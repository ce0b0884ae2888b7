package io.nettrace.lab.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ProbeTest {
  private static final String FROM = "198.18.0.1";
  private static final String TO = "198.19.0.1";
  private final Probe probe = new Probe();

  @Test
  void aPacketThatWasChangedOnTheWayIsNotWhole() {
    ByteBuffer echo = ProbeBytes.echo(FROM, TO, 5, 1, 1);
    echo.put(8, (byte) 6); // another TTL without another checksum
    assertThat(probe.read(echo, echo.limit())).isFalse();
  }

  @Test
  void anErrorInTheTransportPartIsFoundByItsChecksum() {
    ByteBuffer echo = ProbeBytes.echo("2001:db8::1", "2001:db8:1001::1", 5, 1, 1);
    assertThat(probe.read(echo, echo.limit())).isTrue();
    assertThat(probe.transportChecksumHolds()).isTrue();
    echo.put(50, (byte) 1);
    assertThat(probe.transportChecksumHolds()).isFalse();
  }

  @Test
  void aFragmentIsNoProbe() {
    ByteBuffer echo = ProbeBytes.echo(FROM, TO, 5, 1, 1);
    echo.putShort(6, (short) 0x2000).putShort(10, (short) 0);
    echo.putShort(10, LabChecksum.fold(LabChecksum.sum(echo, 0, 20)));
    assertThat(probe.read(echo, echo.limit())).isFalse();
  }

  @Test
  void aTruncatedPacketIsNoProbe() {
    ByteBuffer echo = ProbeBytes.echo(FROM, TO, 5, 1, 1);
    for (int length = 0; length < echo.limit(); length++) {
      assertThat(probe.read(echo, length)).as("%d bytes", length).isFalse();
    }
  }

  @Test
  void randomBytesNeverBreakTheReader() {
    long seed = 20_261_122;
    SplittableRandom random = new SplittableRandom(seed);
    AnswerWriter writer = new AnswerWriter();
    ByteBuffer out = ByteBuffer.allocate(1_536);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(0, 120)];
      random.nextBytes(bytes);
      if (bytes.length > 9) {
        bytes[0] = (byte) (random.nextBoolean() ? 0x45 : 0x60);
        bytes[9] = 6;
      }
      ByteBuffer packet = ByteBuffer.wrap(bytes);
      mend(packet);
      if (probe.read(packet, bytes.length) && probe.protocol() == Probe.TCP) {
        assertThat(writer.tcpAnswer(out, probe, 60, random.nextBoolean()))
            .as("seed %d, packet %d", seed, i)
            .isLessThan(100);
      }
    }
  }

  private static void mend(ByteBuffer packet) {
    if (packet.capacity() >= 20 && packet.get(0) == 0x45) {
      packet.putShort(2, (short) packet.capacity()).putInt(4, 0).putShort(10, (short) 0);
      packet.putShort(10, LabChecksum.fold(LabChecksum.sum(packet, 0, 20)));
    }
  }
}
