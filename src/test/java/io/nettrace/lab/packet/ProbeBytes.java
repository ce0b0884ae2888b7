package io.nettrace.lab.packet;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/** Probes as a kernel would send them, for tests. */
public final class ProbeBytes {
  private static final int UDP_BYTES = 8;
  private static final int ICMP_BYTES = 8;
  private static final int TCP_BYTES = 20;

  private ProbeBytes() {}

  public static ByteBuffer echo(String from, String to, int ttl, int id, int sequence) {
    InetAddress source = InetAddress.ofLiteral(from);
    boolean ipv4 = source.getAddress().length == 4;
    ByteBuffer out = packet(from, to, ipv4 ? Probe.ICMP : Probe.ICMPV6, ttl, ICMP_BYTES + 8);
    int at = out.position();
    out.put(at, (byte) (ipv4 ? Probe.ECHO_REQUEST : Probe.ECHO_REQUEST_V6));
    out.putShort(at + 4, (short) id).putShort(at + 6, (short) sequence);
    return sealed(out, at + 2, ipv4 ? -1 : Probe.ICMPV6);
  }

  public static ByteBuffer udp(
      String from, String to, int sourcePort, int port, byte[] payload, int ttl) {
    ByteBuffer out = packet(from, to, Probe.UDP, ttl, UDP_BYTES + payload.length);
    int at = out.position();
    out.putShort(at, (short) sourcePort).putShort(at + 2, (short) port);
    out.putShort(at + 4, (short) (UDP_BYTES + payload.length)).put(at + 8, payload);
    return sealed(out, at + 6, Probe.UDP);
  }

  public static ByteBuffer tcp(
      String from, String to, int sourcePort, int port, int sequence, int flags) {
    ByteBuffer out = packet(from, to, Probe.TCP, 64, TCP_BYTES);
    int at = out.position();
    out.putShort(at, (short) sourcePort).putShort(at + 2, (short) port);
    out.putInt(at + 4, sequence).putInt(at + 8, 1).putShort(at + 12, (short) (0x5000 | flags));
    return sealed(out, at + 16, Probe.TCP);
  }

  private static ByteBuffer packet(String from, String to, int protocol, int ttl, int length) {
    byte[] source = InetAddress.ofLiteral(from).getAddress();
    byte[] target = InetAddress.ofLiteral(to).getAddress();
    boolean ipv4 = source.length == 4;
    ByteBuffer out = ByteBuffer.allocate((ipv4 ? 20 : 40) + length);
    if (ipv4) {
      out.putShort(0, (short) 0x4500).putShort(2, (short) out.capacity());
      out.put(8, (byte) ttl).put(9, (byte) protocol).put(12, source).put(16, target);
      out.putShort(10, LabChecksum.fold(LabChecksum.sum(out, 0, 20)));
    } else {
      out.putInt(0, 0x6000_0000).putShort(4, (short) length);
      out.put(6, (byte) protocol).put(7, (byte) ttl).put(8, source).put(24, target);
    }
    return out.position(ipv4 ? 20 : 40);
  }

  private static ByteBuffer sealed(ByteBuffer out, int checksumAt, int pseudoHeaderProtocol) {
    int start = out.position();
    int length = out.capacity() - start;
    long sum = LabChecksum.sum(out, start, length);
    if (pseudoHeaderProtocol >= 0) {
      int addresses = start == 20 ? 12 : 8;
      sum += LabChecksum.sum(out, addresses, start - addresses) + pseudoHeaderProtocol + length;
    }
    return out.putShort(checksumAt, LabChecksum.fold(sum)).position(0);
  }
}
