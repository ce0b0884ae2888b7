package io.nettrace.prober.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Decoders against bytes that mean harm: they never throw, and never invent a probe. */
class ReplyDecoderFuzzTest {
  private static final int ROUNDS = 200_000;
  private static final List<String> GOLDEN =
      List.of(
          "echo-reply-v4",
          "time-exceeded-28-bytes-v4",
          "time-exceeded-mpls-rfc4950-v4",
          "time-exceeded-mpls-unannounced-v4",
          "port-unreachable-udp-v4",
          "time-exceeded-tcp-v4",
          "syn-ack-v4",
          "reset-v4",
          "echo-reply-v6",
          "time-exceeded-v6",
          "time-exceeded-mpls-rfc4950-v6",
          "port-unreachable-udp-v6");

  private final long seed = Long.getLong("nettrace.test.seed", System.nanoTime());
  private final SplittableRandom random = new SplittableRandom(seed);
  private final Reply reply = new Reply();

  @Test
  void noDecoderThrowsOnMutatedOrRandomBytes() {
    System.out.println("ReplyDecoderFuzzTest seed " + seed);
    for (int i = 0; i < ROUNDS; i++) {
      ByteBuffer bytes = random.nextInt(4) == 0 ? noise() : mutated();
      decodeByAll(bytes);
    }
  }

  @Test
  void anAcceptedQuoteNamesExactlyTheBytesItQuotes() {
    System.out.println("ReplyDecoderFuzzTest seed " + seed);
    int accepted = 0;
    for (int i = 0; i < ROUNDS; i++) {
      ByteBuffer bytes = mutated("time-exceeded-28-bytes-v4");
      if (bytes.limit() >= 56) {
        ReplyDecoderTest.repairIcmpChecksum(bytes);
      }
      if (ReplyDecoder.icmp4(bytes, reply) == ReplyVerdict.ACCEPTED
          && reply.kind() == Reply.Kind.TIME_EXCEEDED) {
        accepted++;
        int header = (bytes.get(0) & 0xf) * 4;
        int quote = header + 8;
        assertThat(reply.targetLo() & 0xffff_ffffL)
            .as("seed %d round %d", seed, i)
            .isEqualTo(Integer.toUnsignedLong(bytes.getInt(quote + 16)));
      }
    }
    assertThat(accepted).isPositive();
  }

  private void decodeByAll(ByteBuffer bytes) {
    ReplyDecoder.icmp4(bytes, reply);
    reply.labels();
    ReplyDecoder.icmp6(bytes, 1, 2, reply);
    reply.labels();
    ReplyDecoder.tcp4(bytes, reply);
    ReplyDecoder.tcp6(bytes, 1, 2, reply);
    ReplyDecoder.pingReply(bytes, random.nextBoolean(), 1, 2, reply);
    boolean ipv6 = random.nextBoolean();
    ReplyDecoder.pingQuote(bytes, ipv6, random.nextInt(256), 0, 1, 2, 3, 4, reply);
  }

  private ByteBuffer noise() {
    byte[] bytes = new byte[random.nextInt(0, 200)];
    random.nextBytes(bytes);
    if (bytes.length > 0 && random.nextBoolean()) {
      bytes[0] = 0x45;
    }
    return ByteBuffer.wrap(bytes);
  }

  private ByteBuffer mutated() {
    return mutated(GOLDEN.get(random.nextInt(GOLDEN.size())));
  }

  private ByteBuffer mutated(String name) {
    ByteBuffer golden = Golden.packet(name);
    int length = random.nextInt(3) == 0 ? random.nextInt(golden.limit() + 1) : golden.limit();
    ByteBuffer bytes = ByteBuffer.allocate(length).put(golden.slice(0, length)).flip();
    for (int i = random.nextInt(5); i > 0 && length > 0; i--) {
      bytes.put(random.nextInt(length), (byte) random.nextInt(256));
    }
    if (length > 28 && random.nextBoolean()) {
      ReplyDecoderTest.repairIcmpChecksum(bytes);
    }
    return bytes;
  }
}
