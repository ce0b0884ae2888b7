package io.nettrace.prober;

import io.nettrace.posix.NativeBuffer;
import io.nettrace.posix.NetworkInterface;
import io.nettrace.posix.NetworkNamespace;
import io.nettrace.posix.Tun;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * A path in a network namespace of its own, for real sockets: routers 10.0.0.1, 10.0.0.2 and so on
 * (2001:db8::1 …), and behind them a target whose answers a test scripts byte by byte.
 */
final class ScriptedPath implements AutoCloseable {
  static final InetAddress TARGET = InetAddress.ofLiteral("203.0.113.80");
  static final InetAddress TARGET_V6 = InetAddress.ofLiteral("2001:db8:80::80");
  private static final InetAddress VANTAGE = InetAddress.ofLiteral("192.0.2.10");
  private static final InetAddress VANTAGE_V6 = InetAddress.ofLiteral("2001:db8:10::10");
  private static final int BYTES = 2_048;
  private static final long NAP_NANOS = 50_000_000L;

  /** What the target says to a packet that has reached it. */
  interface Target {
    List<byte[]> answers(byte[] packet);

    /** The same target, so far away that its answers take this long. */
    default Target behind(Duration delay) {
      Target near = this;
      return new Target() {
        @Override
        public List<byte[]> answers(byte[] packet) {
          return near.answers(packet);
        }

        @Override
        public long delayNanos() {
          return delay.toNanos();
        }
      };
    }

    default long delayNanos() {
      return 0;
    }
  }

  private record Held(long due, List<byte[]> answers) {}

  private final int routers;
  private final Target target;
  private final UnaryOperator<byte[]> quoted;
  private final Path namespace;
  private final Thread thread;
  private volatile boolean closed;

  /** {@code quoted} is what routers make of a packet before they quote it. */
  ScriptedPath(int routers, Target target, UnaryOperator<byte[]> quoted) throws IOException {
    this.routers = routers;
    this.target = target;
    this.quoted = quoted;
    CompletableFuture<Path> ready = new CompletableFuture<>();
    thread = Thread.ofPlatform().daemon().name("scripted-path").start(() -> live(ready));
    namespace = ready.join();
  }

  Path namespace() {
    return namespace;
  }

  private void live(CompletableFuture<Path> ready) {
    try {
      NetworkNamespace.unshare();
      try (Tun tun = Tun.open("script0")) {
        NetworkInterface.named("lo").up();
        NetworkInterface device = NetworkInterface.named("script0");
        device.address(VANTAGE, 32).address(VANTAGE_V6, 128).up();
        device.defaultRoute4().defaultRoute6();
        Files.writeString(Path.of("/proc/sys/net/ipv4/ping_group_range"), "0 2147483647");
        ready.complete(NetworkNamespace.ofThisThread());
        carry(tun);
      }
    } catch (IOException | RuntimeException e) {
      ready.completeExceptionally(e);
    }
  }

  private void carry(Tun tun) throws IOException {
    NativeBuffer in = NativeBuffer.allocate(BYTES);
    NativeBuffer out = NativeBuffer.allocate(BYTES);
    Queue<Held> held = new ArrayDeque<>();
    while (!closed) {
      long now = System.nanoTime();
      while (!held.isEmpty() && held.element().due() - now <= 0) {
        write(tun, out, held.remove().answers());
      }
      int length = tun.read(in);
      if (length <= 0) {
        tun.awaitReadable(
            held.isEmpty() ? NAP_NANOS : Math.clamp(held.element().due() - now, 1, NAP_NANOS));
        continue;
      }
      byte[] packet = new byte[length];
      in.bytes().get(0, packet);
      List<byte[]> answers = answers(packet);
      if (hopLimit(packet) > routers && target.delayNanos() > 0) {
        held.add(new Held(now + target.delayNanos(), answers));
      } else {
        write(tun, out, answers);
      }
    }
  }

  private static void write(Tun tun, NativeBuffer out, List<byte[]> answers) throws IOException {
    for (byte[] answer : answers) {
      out.bytes().put(0, answer);
      tun.write(out, answer.length);
    }
  }

  private static int hopLimit(byte[] packet) {
    return packet[packet[0] >>> 4 == 6 ? 7 : 8];
  }

  private List<byte[]> answers(byte[] packet) {
    boolean ipv6 = packet[0] >>> 4 == 6;
    byte[] wanted = (ipv6 ? TARGET_V6 : TARGET).getAddress();
    int at = ipv6 ? 24 : 16;
    if (!Arrays.equals(packet, at, at + wanted.length, wanted, 0, wanted.length)) {
      return List.of();
    }
    int ttl = hopLimit(packet);
    if (ttl > routers) {
      return target.answers(packet);
    }
    byte[] quote = packet.clone();
    quote[ipv6 ? 7 : 8] = 1;
    InetAddress router = InetAddress.ofLiteral(ipv6 ? "2001:db8::" + ttl : "10.0.0." + ttl);
    return List.of(Packets.error(router, ipv6 ? 3 : 11, 0, quoted.apply(quote)));
  }

  @Override
  public void close() {
    closed = true;
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Packets to our vantage, written out by hand. */
  static final class Packets {
    private Packets() {}

    static byte[] error(InetAddress from, int type, int code, byte[] quote) {
      boolean ipv6 = from.getAddress().length == 16;
      ByteBuffer message = ByteBuffer.allocate(8 + quote.length);
      message.put((byte) type).put((byte) code).putShort((short) 0).putInt(0).put(quote);
      return icmp(from, ipv6, message);
    }

    /** What the target's ping daemon sends for an echo request, from whatever address. */
    static byte[] echoReply(InetAddress from, byte[] request) {
      boolean ipv6 = request[0] >>> 4 == 6;
      ByteBuffer message = ByteBuffer.wrap(transport(request));
      message.put(0, (byte) (ipv6 ? 129 : 0)).putShort(2, (short) 0);
      return icmp(from, ipv6, message);
    }

    static byte[] tcp(byte[] syn, int flags, int acknowledgement) {
      byte[] asked = transport(syn);
      ByteBuffer segment = ByteBuffer.allocate(20);
      segment.put(asked, 2, 2).put(asked, 0, 2).putInt(0).putInt(acknowledgement);
      segment.put((byte) 0x50).put((byte) flags);
      return packet(target(syn), 6, segment, 16);
    }

    static byte[] udp(byte[] datagram, byte[] data) {
      byte[] asked = transport(datagram);
      ByteBuffer answer = ByteBuffer.allocate(8 + data.length);
      answer.put(asked, 2, 2).put(asked, 0, 2).putShort((short) (8 + data.length));
      answer.putShort((short) 0).put(data);
      return packet(target(datagram), 17, answer, 6);
    }

    static int sequence(byte[] syn) {
      return ByteBuffer.wrap(transport(syn)).getInt(4);
    }

    static InetAddress target(byte[] packet) {
      return packet[0] >>> 4 == 6 ? TARGET_V6 : TARGET;
    }

    static int transportAt(byte[] packet) {
      return packet[0] >>> 4 == 6 ? 40 : (packet[0] & 0xf) * 4;
    }

    private static byte[] transport(byte[] packet) {
      return Arrays.copyOfRange(packet, transportAt(packet), packet.length);
    }

    private static byte[] icmp(InetAddress from, boolean ipv6, ByteBuffer message) {
      return packet(from, ipv6 ? 58 : 1, message, 2);
    }

    private static byte[] packet(
        InetAddress from, int protocol, ByteBuffer content, int checksumOffset) {
      byte[] data = new byte[content.capacity()];
      content.get(0, data);
      boolean ipv6 = from.getAddress().length == 16;
      byte[] to = (ipv6 ? VANTAGE_V6 : VANTAGE).getAddress();
      long pseudo = 0;
      if (protocol != 1) {
        pseudo = sum(from.getAddress()) + sum(to) + protocol + data.length;
      }
      ByteBuffer.wrap(data).putShort(checksumOffset, (short) ~fold(pseudo + sum(data)));
      ByteBuffer packet = ByteBuffer.allocate((ipv6 ? 40 : 20) + data.length);
      if (ipv6) {
        packet.putInt(0x6000_0000).putShort((short) data.length);
        packet.put((byte) protocol).put((byte) 60).put(from.getAddress()).put(to);
      } else {
        packet.putShort((short) 0x4500).putShort((short) packet.capacity()).putInt(0);
        packet.put((byte) 60).put((byte) protocol).putShort((short) 0);
        packet.put(from.getAddress()).put(to);
        packet.putShort(10, (short) ~fold(sum(Arrays.copyOf(packet.array(), 20))));
      }
      return packet.put(data).array();
    }

    private static long sum(byte[] bytes) {
      long sum = 0;
      for (int i = 0; i < bytes.length; i++) {
        sum += (bytes[i] & 0xffL) << (i % 2 == 0 ? 8 : 0);
      }
      return sum;
    }

    static int fold(long sum) {
      long folded = sum;
      while (folded >>> 16 != 0) {
        folded = (folded & 0xffff) + (folded >>> 16);
      }
      return (int) folded;
    }
  }
}
