package io.nettrace.geo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReverseNamesTest {
  private static final InetAddress ADDRESS = InetAddress.ofLiteral("1.2.3.4");

  @Test
  void theNameOfAnAddressIsAskedForAtTheNameServer() throws Exception {
    try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start(() -> answerOnce(server));
      ReverseNames names = new ReverseNames(true, "dns://127.0.0.1:" + server.getLocalPort());
      CompletableFuture<String> name = new CompletableFuture<>();
      names.ask(ADDRESS, name::complete);
      assertThat(name.get(60, TimeUnit.SECONDS)).isEqualTo("host.example");
      names.stop();
    }
  }

  @Test
  void nobodyIsAskedUnlessItIsSwitchedOn() throws Exception {
    try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      ReverseNames off = new ReverseNames(false, "dns://127.0.0.1:" + server.getLocalPort());
      off.ask(ADDRESS, _ -> {});
      assertThat(off.isIdle()).isTrue();
      off.stop();
    }
  }

  @Test
  void theQuestionIsTheAddressBackwards() {
    assertThat(ReverseNames.question(ADDRESS)).isEqualTo("4.3.2.1.in-addr.arpa");
    assertThat(ReverseNames.question(InetAddress.ofLiteral("2001:db8::1")))
        .isEqualTo("1" + ".0".repeat(23) + ".8.b.d.0.1.0.0.2.ip6.arpa");
  }

  private static void answerOnce(DatagramSocket server) {
    try {
      DatagramPacket query = new DatagramPacket(new byte[512], 512);
      server.receive(query);
      byte[] answer = answer(Arrays.copyOf(query.getData(), query.getLength()));
      server.send(new DatagramPacket(answer, answer.length, query.getSocketAddress()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The question with one PTR record behind it (RFC 1035). */
  private static byte[] answer(byte[] query) {
    byte[] head = query.clone();
    head[2] = (byte) 0x84;
    head[3] = 0;
    head[7] = 1;
    head[11] = 0;
    int question = 12;
    while (query[question] != 0) {
      question += query[question] + 1;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(head, 0, question + 5);
    out.writeBytes(new byte[] {(byte) 0xc0, 12, 0, 12, 0, 1, 0, 0, 0, 60, 0, 14});
    out.write(4);
    out.writeBytes("host".getBytes(StandardCharsets.US_ASCII));
    out.write(7);
    out.writeBytes("example".getBytes(StandardCharsets.US_ASCII));
    out.write(0);
    return out.toByteArray();
  }
}
