package io.nettrace.prober.packet;

import java.nio.ByteBuffer;

/**
 * Decodes what raw sockets and error queues deliver. Nothing in a packet is believed before it has
 * been checked against the packet's length; nothing here throws.
 *
 * <p>An ICMP error quotes the probe that caused it (RFC 792, RFC 4443): its IP header and at least
 * eight bytes, in which identifier and sequence number, or ports and checksum, or ports and
 * sequence number, name the probe.
 */
public final class ReplyDecoder {
  private static final int ICMP = 1;
  private static final int ICMPV6 = 58;
  private static final int ICMP_HEADER_BYTES = 8;
  private static final int QUOTED_TRANSPORT_BYTES = 8;
  private static final int IPV4_MIN_BYTES = 20;
  private static final int IPV6_BYTES = 40;
  private static final int TCP_MIN_BYTES = 20;
  private static final int FRAGMENT_OFFSET = 0x1fff;

  private static final int ECHO_REPLY = 0;
  private static final int UNREACHABLE = 3;
  private static final int ECHO_REQUEST = 8;
  private static final int TIME_EXCEEDED = 11;
  private static final int UNREACHABLE_V6 = 1;
  private static final int TIME_EXCEEDED_V6 = 3;
  private static final int ECHO_REQUEST_V6 = 128;
  private static final int ECHO_REPLY_V6 = 129;

  private static final int TCP_RST = 0x04;
  private static final int TCP_SYN_ACK = 0x12;
  private static final int TCP_ACK = 0x10;

  private ReplyDecoder() {}

  /** A raw IPv4 ICMP socket delivers the IP header too. */
  public static Verdict icmp4(ByteBuffer packet, Reply reply) {
    int end = packet.limit();
    int header = ipv4HeaderBytes(packet, 0, end);
    if (header < 0 || end < header + ICMP_HEADER_BYTES) {
      return header == -2 ? Verdict.MALFORMED : Verdict.TRUNCATED;
    }
    if (packet.get(9) != ICMP) {
      return Verdict.FOREIGN;
    }
    if (Checksum.sum(packet, header, end) != 0xffff) {
      return Verdict.BAD_CHECKSUM;
    }
    Verdict verdict = icmp4Message(packet, header, end, reply);
    reply.fromHi = 0;
    reply.fromLo = AddressBits.mapped(packet.getInt(12));
    reply.hopLimit = unsigned(packet, 8);
    if (reply.kind() == Reply.Kind.ECHO_REPLY) {
      reply.targetHi = reply.fromHi;
      reply.targetLo = reply.fromLo;
    }
    return verdict;
  }

  /** A raw ICMPv6 socket delivers the message only; the kernel has verified its checksum. */
  public static Verdict icmp6(ByteBuffer message, long fromHi, long fromLo, Reply reply) {
    int end = message.limit();
    if (end < ICMP_HEADER_BYTES) {
      return Verdict.TRUNCATED;
    }
    Verdict verdict = icmp6Message(message, end, reply);
    reply.fromHi = fromHi;
    reply.fromLo = fromLo;
    if (reply.kind() == Reply.Kind.ECHO_REPLY) {
      reply.targetHi = fromHi;
      reply.targetLo = fromLo;
    }
    return verdict;
  }

  /** A ping socket delivers echo replies to its own identifier, without IP header. */
  public static Verdict pingReply(
      ByteBuffer message, boolean ipv6, long fromHi, long fromLo, Reply reply) {
    reply.reset(Reply.Kind.ECHO_REPLY);
    if (message.limit() < ICMP_HEADER_BYTES) {
      return Verdict.TRUNCATED;
    }
    if (unsigned(message, 0) != (ipv6 ? ECHO_REPLY_V6 : ECHO_REPLY)) {
      return Verdict.FOREIGN;
    }
    echo(message, 0, ipv6 ? ICMPV6 : ICMP, reply);
    reply.fromHi = fromHi;
    reply.fromLo = fromLo;
    reply.targetHi = fromHi;
    reply.targetLo = fromLo;
    return Verdict.ACCEPTED;
  }

  /** A ping socket's error queue holds the quoted ICMP header; the rest came beside it. */
  public static Verdict pingQuote(
      ByteBuffer quote,
      boolean ipv6,
      int type,
      int code,
      long fromHi,
      long fromLo,
      long targetHi,
      long targetLo,
      Reply reply) {
    boolean exceeded = type == (ipv6 ? TIME_EXCEEDED_V6 : TIME_EXCEEDED);
    reply.reset(exceeded ? Reply.Kind.TIME_EXCEEDED : Reply.Kind.UNREACHABLE);
    if (!exceeded && type != (ipv6 ? UNREACHABLE_V6 : UNREACHABLE)) {
      return Verdict.FOREIGN;
    }
    if (quote.limit() < ICMP_HEADER_BYTES) {
      return Verdict.TRUNCATED;
    }
    if (unsigned(quote, 0) != (ipv6 ? ECHO_REQUEST_V6 : ECHO_REQUEST)) {
      return Verdict.FOREIGN;
    }
    echo(quote, 0, ipv6 ? ICMPV6 : ICMP, reply);
    reply.icmpType = type;
    reply.icmpCode = code;
    reply.fromHi = fromHi;
    reply.fromLo = fromLo;
    reply.targetHi = targetHi;
    reply.targetLo = targetLo;
    return Verdict.ACCEPTED;
  }

  /** A raw IPv4 TCP socket delivers the IP header too. */
  public static Verdict tcp4(ByteBuffer packet, Reply reply) {
    int end = packet.limit();
    int header = ipv4HeaderBytes(packet, 0, end);
    if (header < 0) {
      return header == -2 ? Verdict.MALFORMED : Verdict.TRUNCATED;
    }
    if (packet.get(9) != TcpSyn.PROTOCOL) {
      return Verdict.FOREIGN;
    }
    long lo = AddressBits.mapped(packet.getInt(12));
    Verdict verdict = tcp(packet, header, end, 0, lo, reply);
    reply.hopLimit = unsigned(packet, 8);
    return verdict;
  }

  public static Verdict tcp6(ByteBuffer segment, long fromHi, long fromLo, Reply reply) {
    return tcp(segment, 0, segment.limit(), fromHi, fromLo, reply);
  }

  private static Verdict tcp(
      ByteBuffer packet, int at, int end, long fromHi, long fromLo, Reply reply) {
    reply.reset(Reply.Kind.RESET);
    if (end - at < TCP_MIN_BYTES) {
      return Verdict.TRUNCATED;
    }
    int flags = unsigned(packet, at + 13);
    if ((flags & TCP_SYN_ACK) == TCP_SYN_ACK) {
      reply.reset(Reply.Kind.SYN_ACK);
    } else if ((flags & (TCP_RST | TCP_ACK)) != (TCP_RST | TCP_ACK)) {
      return Verdict.FOREIGN;
    }
    reply.protocol = TcpSyn.PROTOCOL;
    reply.port = unsigned16(packet, at);
    reply.id = unsigned16(packet, at + 2);
    reply.probe = packet.getInt(at + 8) - 1;
    reply.fromHi = fromHi;
    reply.fromLo = fromLo;
    reply.targetHi = fromHi;
    reply.targetLo = fromLo;
    return Verdict.ACCEPTED;
  }

  private static Verdict icmp4Message(ByteBuffer packet, int at, int end, Reply reply) {
    int type = unsigned(packet, at);
    switch (type) {
      case ECHO_REPLY -> {
        reply.reset(Reply.Kind.ECHO_REPLY);
        echo(packet, at, ICMP, reply);
        return Verdict.ACCEPTED;
      }
      case TIME_EXCEEDED -> reply.reset(Reply.Kind.TIME_EXCEEDED);
      case UNREACHABLE -> reply.reset(Reply.Kind.UNREACHABLE);
      default -> {
        reply.reset(Reply.Kind.UNREACHABLE);
        return Verdict.FOREIGN;
      }
    }
    reply.icmpType = type;
    reply.icmpCode = unsigned(packet, at + 1);
    int quote = at + ICMP_HEADER_BYTES;
    Verdict verdict = quoted4(packet, quote, end, reply);
    if (verdict == Verdict.ACCEPTED) {
      IcmpExtensions.read(packet, quote, unsigned(packet, at + 5) * 4, end, reply);
    }
    return verdict;
  }

  private static Verdict icmp6Message(ByteBuffer message, int end, Reply reply) {
    int type = unsigned(message, 0);
    switch (type) {
      case ECHO_REPLY_V6 -> {
        reply.reset(Reply.Kind.ECHO_REPLY);
        echo(message, 0, ICMPV6, reply);
        return Verdict.ACCEPTED;
      }
      case TIME_EXCEEDED_V6 -> reply.reset(Reply.Kind.TIME_EXCEEDED);
      case UNREACHABLE_V6 -> reply.reset(Reply.Kind.UNREACHABLE);
      default -> {
        reply.reset(Reply.Kind.UNREACHABLE);
        return Verdict.FOREIGN;
      }
    }
    reply.icmpType = type;
    reply.icmpCode = unsigned(message, 1);
    Verdict verdict = quoted6(message, end, reply);
    if (verdict == Verdict.ACCEPTED) {
      IcmpExtensions.read(message, ICMP_HEADER_BYTES, unsigned(message, 4) * 8, end, reply);
    }
    return verdict;
  }

  private static Verdict quoted4(ByteBuffer packet, int quote, int end, Reply reply) {
    int header = ipv4HeaderBytes(packet, quote, end);
    if (header < 0) {
      return header == -2 ? Verdict.MALFORMED : Verdict.TRUNCATED;
    }
    if ((packet.getShort(quote + 6) & FRAGMENT_OFFSET) != 0) {
      return Verdict.MALFORMED;
    }
    reply.targetHi = 0;
    reply.targetLo = AddressBits.mapped(packet.getInt(quote + 16));
    return transport(packet, quote + header, end, unsigned(packet, quote + 9), reply);
  }

  private static Verdict quoted6(ByteBuffer message, int end, Reply reply) {
    int quote = ICMP_HEADER_BYTES;
    if (end < quote + IPV6_BYTES) {
      return Verdict.TRUNCATED;
    }
    if (unsigned(message, quote) >>> 4 != 6) {
      return Verdict.MALFORMED;
    }
    reply.targetHi = message.getLong(quote + 24);
    reply.targetLo = message.getLong(quote + 32);
    return transport(message, quote + IPV6_BYTES, end, unsigned(message, quote + 6), reply);
  }

  private static Verdict transport(ByteBuffer packet, int at, int end, int protocol, Reply reply) {
    if (end < at + QUOTED_TRANSPORT_BYTES) {
      return Verdict.TRUNCATED;
    }
    switch (protocol) {
      case ICMP, ICMPV6 -> {
        int type = unsigned(packet, at);
        if (type != (protocol == ICMP ? ECHO_REQUEST : ECHO_REQUEST_V6)) {
          return Verdict.FOREIGN;
        }
        echo(packet, at, protocol, reply);
      }
      case UdpProbe.PROTOCOL -> ports(packet, at, protocol, unsigned16(packet, at + 6), reply);
      case TcpSyn.PROTOCOL -> ports(packet, at, protocol, packet.getInt(at + 4), reply);
      default -> {
        return Verdict.FOREIGN;
      }
    }
    return Verdict.ACCEPTED;
  }

  private static void echo(ByteBuffer packet, int at, int protocol, Reply reply) {
    reply.protocol = protocol;
    reply.id = unsigned16(packet, at + 4);
    reply.probe = unsigned16(packet, at + 6);
  }

  private static void ports(ByteBuffer packet, int at, int protocol, int probe, Reply reply) {
    reply.protocol = protocol;
    reply.id = unsigned16(packet, at);
    reply.port = unsigned16(packet, at + 2);
    reply.probe = probe;
  }

  /** Length of an IPv4 header; -1 when it is cut off, -2 when it is none. */
  private static int ipv4HeaderBytes(ByteBuffer packet, int at, int end) {
    if (end < at + IPV4_MIN_BYTES) {
      return -1;
    }
    int first = unsigned(packet, at);
    int bytes = (first & 0xf) * 4;
    if (first >>> 4 != 4 || bytes < IPV4_MIN_BYTES) {
      return -2;
    }
    return end < at + bytes ? -1 : bytes;
  }

  private static int unsigned(ByteBuffer packet, int at) {
    return Byte.toUnsignedInt(packet.get(at));
  }

  private static int unsigned16(ByteBuffer packet, int at) {
    return Short.toUnsignedInt(packet.getShort(at));
  }
}
