package io.nettrace.lab.packet;

import java.nio.ByteBuffer;

/**
 * Composes the packets that hosts and routers send back to the vantage point. Every method leaves
 * the packet in the buffer from index 0 and returns its length.
 */
public final class AnswerWriter {
  private static final int ECHO_REPLY = 0;
  private static final int ECHO_REPLY_V6 = 129;
  private static final int TCP_BYTES = 20;
  private static final int TCP_MSS_BYTES = 4;
  private static final int TCP_MSS_OPTION = 0x0204_0000;
  private static final int FIN = 0x01;
  private static final int SYN = 0x02;
  private static final int RST = 0x04;
  private static final int ACK = 0x10;
  private static final int WINDOW = 0xffff;
  private static final int TRAFFIC_CLASS_MASK = 0xff;

  private int nextIpId = 1;

  /** An ICMP or ICMPv6 echo reply with the request's identifier, sequence number and data. */
  public int echoReply(ByteBuffer out, Probe probe, int ttl) {
    int length = probe.totalBytes() - probe.headerBytes();
    int offset =
        header(out, probe, probe.targetHigh(), probe.targetLow(), ttl, length, icmp(probe));
    out.put(offset, probe.bytes(), probe.headerBytes(), length);
    out.putShort(offset, (short) ((probe.isIpv4() ? ECHO_REPLY : ECHO_REPLY_V6) << 8));
    sealIcmp(out, offset, length);
    return offset + length;
  }

  /** A UDP datagram from the port that the probe went to. */
  public int datagram(ByteBuffer out, Probe probe, int ttl, byte[] payload, int payloadBytes) {
    int length = Probe.TRANSPORT_MIN_BYTES + payloadBytes;
    int offset = header(out, probe, probe.targetHigh(), probe.targetLow(), ttl, length, Probe.UDP);
    out.putShort(offset, (short) probe.targetPort())
        .putShort(offset + 2, (short) probe.sourcePort());
    out.putShort(offset + 4, (short) length).putShort(offset + 6, (short) 0);
    out.put(offset + Probe.TRANSPORT_MIN_BYTES, payload, 0, payloadBytes);
    short checksum = transportChecksum(out, offset, length, Probe.UDP);
    out.putShort(offset + 6, checksum == 0 ? (short) 0xffff : checksum);
    return offset + length;
  }

  /**
   * What a TCP server that keeps no state says (RFC 9293): it accepts a SYN at an open port and
   * refuses one elsewhere, acknowledges data and closes when the client does.
   *
   * @return 0 when the segment needs no answer
   */
  public int tcpAnswer(ByteBuffer out, Probe probe, int ttl, boolean open) {
    ByteBuffer in = probe.bytes();
    int at = probe.headerBytes();
    int flags = in.get(at + 13);
    int dataBytes = probe.totalBytes() - at - ((in.get(at + 12) >>> 4) & 0x0f) * 4;
    int next = probe.identifier() + dataBytes + Integer.bitCount(flags & (SYN | FIN));
    int acknowledged = in.getInt(at + 8);
    if ((flags & RST) != 0 || dataBytes < 0) {
      return 0;
    }
    if ((flags & ACK) == 0) {
      boolean accepted = open && (flags & SYN) != 0;
      return accepted
          ? segment(out, probe, ttl, initialSequence(probe), next, SYN | ACK)
          : segment(out, probe, ttl, 0, next, RST | ACK);
    }
    if (!open || (flags & SYN) != 0) {
      return segment(out, probe, ttl, acknowledged, 0, RST);
    }
    if ((flags & FIN) != 0) {
      return segment(out, probe, ttl, acknowledged, next, FIN | ACK);
    }
    return dataBytes > 0 ? segment(out, probe, ttl, acknowledged, next, ACK) : 0;
  }

  private int segment(
      ByteBuffer out, Probe probe, int ttl, int sequence, int acknowledged, int flags) {
    boolean synchronising = (flags & SYN) != 0;
    int length = synchronising ? TCP_BYTES + TCP_MSS_BYTES : TCP_BYTES;
    int offset = header(out, probe, probe.targetHigh(), probe.targetLow(), ttl, length, Probe.TCP);
    out.putShort(offset, (short) probe.targetPort())
        .putShort(offset + 2, (short) probe.sourcePort());
    out.putInt(offset + 4, sequence).putInt(offset + 8, acknowledged);
    out.putShort(offset + 12, (short) (((length / 4) << 12) | flags));
    out.putShort(offset + 14, (short) WINDOW).putInt(offset + 16, 0);
    if (synchronising) {
      out.putInt(offset + TCP_BYTES, TCP_MSS_OPTION | (probe.isIpv4() ? 1460 : 1440));
    }
    out.putShort(offset + 16, transportChecksum(out, offset, length, Probe.TCP));
    return offset + length;
  }

  /** Derived from the connection, as a SYN cookie is, so that a repeated SYN gets the same. */
  private static int initialSequence(Probe probe) {
    return (int) FlowHash.of(probe);
  }

  /**
   * An ICMP error about the probe.
   *
   * @param quotedTtl the TTL that the probe had when it arrived at the responder
   */
  public int error(ByteBuffer out, Probe probe, LabIcmpError error, int quotedTtl, int ttl) {
    int quoted = error.quotedBytes(probe);
    int field = error.quoteFieldBytes(probe, quoted);
    int length = Probe.TRANSPORT_MIN_BYTES + field + error.extensionBytes();
    int offset =
        header(
            out,
            probe,
            error.responder().high(),
            error.responder().low(),
            ttl,
            length,
            icmp(probe));
    out.putInt(offset, ((error.type(probe) << 8) | error.code(probe)) << 16);
    out.putInt(offset + 4, error.lengthWord(probe, field));
    int quote = offset + Probe.TRANSPORT_MIN_BYTES;
    out.put(quote, probe.bytes(), 0, quoted);
    arrivedWith(out, quote, probe, quotedTtl);
    for (int i = quoted; i < field; i++) {
      out.put(quote + i, (byte) 0);
    }
    error.writeExtension(out, quote + field);
    sealIcmp(out, offset, length);
    return offset + length;
  }

  private static void arrivedWith(ByteBuffer out, int quote, Probe probe, int ttl) {
    if (!probe.isIpv4()) {
      out.put(quote + 7, (byte) ttl);
      return;
    }
    out.put(quote + 8, (byte) ttl).putShort(quote + 10, (short) 0);
    out.putShort(quote + 10, LabChecksum.fold(LabChecksum.sum(out, quote, probe.headerBytes())));
  }

  private int header(
      ByteBuffer out, Probe probe, long fromHigh, long fromLow, int ttl, int length, int protocol) {
    return probe.isIpv4()
        ? ipv4Header(out, probe, (int) fromLow, ttl, length, protocol)
        : ipv6Header(out, probe, fromHigh, fromLow, ttl, length, protocol);
  }

  private int ipv4Header(ByteBuffer out, Probe probe, int from, int ttl, int length, int protocol) {
    out.putShort(0, (short) (0x4500 | (probe.bytes().get(1) & TRAFFIC_CLASS_MASK)));
    out.putShort(2, (short) (Probe.IPV4_MIN_BYTES + length));
    out.putShort(4, (short) nextIpId++).putShort(6, (short) 0);
    out.put(8, (byte) ttl).put(9, (byte) protocol).putShort(10, (short) 0);
    out.putInt(12, from).putInt(16, (int) probe.sourceLow());
    out.putShort(10, LabChecksum.fold(LabChecksum.sum(out, 0, Probe.IPV4_MIN_BYTES)));
    return Probe.IPV4_MIN_BYTES;
  }

  private static int ipv6Header(
      ByteBuffer out, Probe probe, long fromHigh, long fromLow, int ttl, int length, int protocol) {
    out.putInt(0, 0x6000_0000).putShort(4, (short) length);
    out.put(6, (byte) protocol).put(7, (byte) ttl);
    out.putLong(8, fromHigh).putLong(16, fromLow);
    out.putLong(24, probe.sourceHigh()).putLong(32, probe.sourceLow());
    return Probe.IPV6_BYTES;
  }

  private static int icmp(Probe probe) {
    return probe.isIpv4() ? Probe.ICMP : Probe.ICMPV6;
  }

  private static void sealIcmp(ByteBuffer out, int offset, int length) {
    out.putShort(offset + 2, (short) 0);
    boolean ipv4 = offset == Probe.IPV4_MIN_BYTES;
    out.putShort(
        offset + 2,
        ipv4
            ? LabChecksum.fold(LabChecksum.sum(out, offset, length))
            : transportChecksum(out, offset, length, Probe.ICMPV6));
  }

  private static short transportChecksum(ByteBuffer out, int offset, int length, int protocol) {
    boolean ipv4 = offset == Probe.IPV4_MIN_BYTES;
    int addresses = ipv4 ? 12 : 8;
    long sum = LabChecksum.sum(out, addresses, offset - addresses) + protocol + length;
    return LabChecksum.fold(sum + LabChecksum.sum(out, offset, length));
  }
}
