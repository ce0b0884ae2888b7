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
  private static final int UDP_HEADER_BYTES = 8;

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
  private static final int TCP_SYN = 0x02;

  private ReplyDecoder() {}

  /** A raw IPv4 ICMP socket delivers the IP header too. */
  public static ReplyVerdict icmp4(ByteBuffer packet, Reply reply) {
    int header = ipv4HeaderBytes(packet, 0, packet.limit());
    if (header < 0 || packet.limit() < header + ICMP_HEADER_BYTES) {
      return header == -2 ? ReplyVerdict.MALFORMED : ReplyVerdict.TRUNCATED;
    }
    if (packet.get(9) != ICMP) {
      return ReplyVerdict.FOREIGN;
    }
    int end = Math.min(packet.limit(), unsigned16(packet, 2));
    if (end < header + ICMP_HEADER_BYTES) {
      return ReplyVerdict.MALFORMED;
    }
    if (Checksum.sum(packet, header, end) != 0xffff) {
      return ReplyVerdict.BAD_CHECKSUM;
    }
    ReplyVerdict verdict = icmp4Message(packet, header, end, reply);
    reply.fromHi = 0;
    reply.fromLo = AddressBits.mapped(packet.getInt(12));
    reply.hopLimit = unsigned(packet, 8);
    if (reply.kind() == Reply.Kind.ECHO_REPLY) {
      reply.targetHi = reply.fromHi;
      reply.targetLo = reply.fromLo;
    }
    return believable(verdict, reply.fromHi, reply.fromLo, false);
  }

  /** An answer comes from a host. */
  private static ReplyVerdict believable(
      ReplyVerdict verdict, long fromHi, long fromLo, boolean ipv6) {
    boolean host =
        ipv6 ? AddressBits.isIpv6Host(fromHi, fromLo) : AddressBits.isHost(fromHi, fromLo);
    return verdict == ReplyVerdict.ACCEPTED && !host ? ReplyVerdict.MALFORMED : verdict;
  }

  /** A raw ICMPv6 socket delivers the message only; the kernel has verified its checksum. */
  public static ReplyVerdict icmp6(ByteBuffer message, long fromHi, long fromLo, Reply reply) {
    int end = message.limit();
    if (end < ICMP_HEADER_BYTES) {
      return ReplyVerdict.TRUNCATED;
    }
    ReplyVerdict verdict = icmp6Message(message, end, reply);
    reply.fromHi = fromHi;
    reply.fromLo = fromLo;
    if (reply.kind() == Reply.Kind.ECHO_REPLY) {
      reply.targetHi = fromHi;
      reply.targetLo = fromLo;
    }
    return believable(verdict, fromHi, fromLo, true);
  }

  /** A ping socket delivers echo replies to its own identifier, without IP header. */
  public static ReplyVerdict pingReply(
      ByteBuffer message, boolean ipv6, long fromHi, long fromLo, Reply reply) {
    reply.reset(Reply.Kind.ECHO_REPLY);
    if (message.limit() < ICMP_HEADER_BYTES) {
      return ReplyVerdict.TRUNCATED;
    }
    if (unsigned(message, 0) != (ipv6 ? ECHO_REPLY_V6 : ECHO_REPLY)) {
      return ReplyVerdict.FOREIGN;
    }
    echo(message, 0, message.limit(), ipv6 ? ICMPV6 : ICMP, reply);
    reply.fromHi = fromHi;
    reply.fromLo = fromLo;
    reply.targetHi = fromHi;
    reply.targetLo = fromLo;
    ReplyVerdict verdict = message.get(1) == 0 ? ReplyVerdict.ACCEPTED : ReplyVerdict.MALFORMED;
    return believable(verdict, fromHi, fromLo, ipv6);
  }

  /** A ping socket's error queue holds the quoted ICMP header; the rest came beside it. */
  public static ReplyVerdict pingQuote(
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
    if (!IcmpMeaning.concernsTheWay(ipv6, type, code)) {
      return ReplyVerdict.FOREIGN;
    }
    if (quote.limit() < ICMP_HEADER_BYTES) {
      return ReplyVerdict.TRUNCATED;
    }
    if (unsigned(quote, 0) != (ipv6 ? ECHO_REQUEST_V6 : ECHO_REQUEST)) {
      return ReplyVerdict.FOREIGN;
    }
    echo(quote, 0, quote.limit(), ipv6 ? ICMPV6 : ICMP, reply);
    reply.icmpType = type;
    reply.icmpCode = code;
    reply.fromHi = fromHi;
    reply.fromLo = fromLo;
    reply.targetHi = targetHi;
    reply.targetLo = targetLo;
    return believable(ReplyVerdict.ACCEPTED, fromHi, fromLo, ipv6);
  }

  /** A raw IPv4 TCP socket delivers the IP header too. */
  public static ReplyVerdict tcp4(ByteBuffer packet, Reply reply) {
    int end = packet.limit();
    int header = ipv4HeaderBytes(packet, 0, end);
    if (header < 0) {
      return header == -2 ? ReplyVerdict.MALFORMED : ReplyVerdict.TRUNCATED;
    }
    if (packet.get(9) != TcpSyn.PROTOCOL) {
      return ReplyVerdict.FOREIGN;
    }
    long lo = AddressBits.mapped(packet.getInt(12));
    ReplyVerdict verdict = tcp(packet, header, end, 0, lo, reply);
    reply.hopLimit = unsigned(packet, 8);
    return believable(verdict, 0, lo, false);
  }

  public static ReplyVerdict tcp6(ByteBuffer segment, long fromHi, long fromLo, Reply reply) {
    ReplyVerdict verdict = tcp(segment, 0, segment.limit(), fromHi, fromLo, reply);
    return believable(verdict, fromHi, fromLo, true);
  }

  /** A raw IPv4 UDP socket delivers the IP header too. */
  public static ReplyVerdict udp4(ByteBuffer packet, Reply reply) {
    int end = packet.limit();
    int header = ipv4HeaderBytes(packet, 0, end);
    if (header < 0) {
      return header == -2 ? ReplyVerdict.MALFORMED : ReplyVerdict.TRUNCATED;
    }
    if (packet.get(9) != UdpProbe.PROTOCOL) {
      return ReplyVerdict.FOREIGN;
    }
    long lo = AddressBits.mapped(packet.getInt(12));
    ReplyVerdict verdict = udp(packet, header, end, 0, lo, reply);
    reply.hopLimit = unsigned(packet, 8);
    return believable(verdict, 0, lo, false);
  }

  public static ReplyVerdict udp6(ByteBuffer datagram, long fromHi, long fromLo, Reply reply) {
    ReplyVerdict verdict = udp(datagram, 0, datagram.limit(), fromHi, fromLo, reply);
    return believable(verdict, fromHi, fromLo, true);
  }

  /** What a service sends names no probe: only addresses and ports tell what it answers. */
  private static ReplyVerdict udp(
      ByteBuffer packet, int at, int end, long fromHi, long fromLo, Reply reply) {
    reply.reset(Reply.Kind.DATAGRAM);
    if (end - at < UDP_HEADER_BYTES) {
      return ReplyVerdict.TRUNCATED;
    }
    if (unsigned16(packet, at + 4) < UDP_HEADER_BYTES) {
      return ReplyVerdict.MALFORMED;
    }
    direct(packet, at, UdpProbe.PROTOCOL, fromHi, fromLo, reply);
    reply.unnamed = true;
    return ReplyVerdict.ACCEPTED;
  }

  private static void direct(
      ByteBuffer packet, int at, int protocol, long fromHi, long fromLo, Reply reply) {
    reply.protocol = protocol;
    reply.port = unsigned16(packet, at);
    reply.id = unsigned16(packet, at + 2);
    reply.fromHi = fromHi;
    reply.fromLo = fromLo;
    reply.targetHi = fromHi;
    reply.targetLo = fromLo;
  }

  private static ReplyVerdict tcp(
      ByteBuffer packet, int at, int end, long fromHi, long fromLo, Reply reply) {
    reply.reset(Reply.Kind.RESET);
    if (end - at < TCP_MIN_BYTES) {
      return ReplyVerdict.TRUNCATED;
    }
    int header = (unsigned(packet, at + 12) >>> 4) * 4;
    if (header < TCP_MIN_BYTES || header > end - at) {
      return ReplyVerdict.MALFORMED;
    }
    int flags = unsigned(packet, at + 13);
    boolean reset = (flags & TCP_RST) != 0;
    if (reset && (flags & TCP_SYN) != 0) {
      return ReplyVerdict.MALFORMED;
    }
    if ((flags & TCP_SYN_ACK) == TCP_SYN_ACK) {
      reply.reset(Reply.Kind.SYN_ACK);
    } else if (!reset) {
      return ReplyVerdict.FOREIGN;
    }
    direct(packet, at, TcpSyn.PROTOCOL, fromHi, fromLo, reply);
    reply.unnamed = (flags & TCP_ACK) == 0; // its acknowledgement number means nothing (RFC 9293)
    reply.probe = reply.unnamed ? 0 : packet.getInt(at + 8) - 1;
    return ReplyVerdict.ACCEPTED;
  }

  private static ReplyVerdict icmp4Message(ByteBuffer packet, int at, int end, Reply reply) {
    int type = unsigned(packet, at);
    switch (type) {
      case ECHO_REPLY -> {
        reply.reset(Reply.Kind.ECHO_REPLY);
        echo(packet, at, end, ICMP, reply);
        return packet.get(at + 1) == 0 ? ReplyVerdict.ACCEPTED : ReplyVerdict.MALFORMED;
      }
      case TIME_EXCEEDED -> reply.reset(Reply.Kind.TIME_EXCEEDED);
      case UNREACHABLE -> reply.reset(Reply.Kind.UNREACHABLE);
      default -> {
        reply.reset(Reply.Kind.UNREACHABLE);
        return ReplyVerdict.FOREIGN;
      }
    }
    reply.icmpType = type;
    reply.icmpCode = unsigned(packet, at + 1);
    if (!IcmpMeaning.concernsTheWay(false, type, reply.icmpCode)) {
      return ReplyVerdict.FOREIGN;
    }
    int quote = at + ICMP_HEADER_BYTES;
    ReplyVerdict verdict = quoted4(packet, quote, end, reply);
    if (verdict == ReplyVerdict.ACCEPTED) {
      IcmpExtensions.read(packet, quote, unsigned(packet, at + 5) * 4, end, reply);
    }
    return verdict;
  }

  private static ReplyVerdict icmp6Message(ByteBuffer message, int end, Reply reply) {
    int type = unsigned(message, 0);
    switch (type) {
      case ECHO_REPLY_V6 -> {
        reply.reset(Reply.Kind.ECHO_REPLY);
        echo(message, 0, end, ICMPV6, reply);
        return message.get(1) == 0 ? ReplyVerdict.ACCEPTED : ReplyVerdict.MALFORMED;
      }
      case TIME_EXCEEDED_V6 -> reply.reset(Reply.Kind.TIME_EXCEEDED);
      case UNREACHABLE_V6 -> reply.reset(Reply.Kind.UNREACHABLE);
      default -> {
        reply.reset(Reply.Kind.UNREACHABLE);
        return ReplyVerdict.FOREIGN;
      }
    }
    reply.icmpType = type;
    reply.icmpCode = unsigned(message, 1);
    if (!IcmpMeaning.concernsTheWay(true, type, reply.icmpCode)) {
      return ReplyVerdict.FOREIGN;
    }
    ReplyVerdict verdict = quoted6(message, end, reply);
    if (verdict == ReplyVerdict.ACCEPTED) {
      IcmpExtensions.read(message, ICMP_HEADER_BYTES, unsigned(message, 4) * 8, end, reply);
    }
    return verdict;
  }

  private static ReplyVerdict quoted4(ByteBuffer packet, int quote, int end, Reply reply) {
    int header = ipv4HeaderBytes(packet, quote, end);
    if (header < 0) {
      return header == -2 ? ReplyVerdict.MALFORMED : ReplyVerdict.TRUNCATED;
    }
    if ((packet.getShort(quote + 6) & FRAGMENT_OFFSET) != 0) {
      return ReplyVerdict.MALFORMED;
    }
    reply.targetHi = 0;
    reply.targetLo = AddressBits.mapped(packet.getInt(quote + 16));
    reply.identification = unsigned16(packet, quote + 4);
    return transport(packet, quote + header, end, unsigned(packet, quote + 9), ICMP, reply);
  }

  private static ReplyVerdict quoted6(ByteBuffer message, int end, Reply reply) {
    int quote = ICMP_HEADER_BYTES;
    if (end < quote + IPV6_BYTES) {
      return ReplyVerdict.TRUNCATED;
    }
    if (unsigned(message, quote) >>> 4 != 6) {
      return ReplyVerdict.MALFORMED;
    }
    reply.targetHi = message.getLong(quote + 24);
    reply.targetLo = message.getLong(quote + 32);
    long found = Ipv6Extensions.skip(message, quote + IPV6_BYTES, end, message.get(quote + 6));
    if (found < 0) {
      return found == Ipv6Extensions.CUT_OFF ? ReplyVerdict.TRUNCATED : ReplyVerdict.MALFORMED;
    }
    int protocol = Ipv6Extensions.protocol(found);
    return transport(message, Ipv6Extensions.at(found), end, protocol, ICMPV6, reply);
  }

  private static ReplyVerdict transport(
      ByteBuffer packet, int at, int end, int protocol, int icmp, Reply reply) {
    if (end < at + QUOTED_TRANSPORT_BYTES) {
      return ReplyVerdict.TRUNCATED;
    }
    switch (protocol) {
      case ICMP, ICMPV6 -> {
        int type = unsigned(packet, at);
        if (protocol != icmp || type != (icmp == ICMP ? ECHO_REQUEST : ECHO_REQUEST_V6)) {
          return ReplyVerdict.FOREIGN;
        }
        echo(packet, at, end, protocol, reply);
      }
      case UdpProbe.PROTOCOL -> {
        ports(packet, at, protocol, unsigned16(packet, at + 6), reply);
        reply.dataBytes = unsigned16(packet, at + 4);
        reply.mark = ProbePayload.mark(packet, at + UDP_HEADER_BYTES, end);
      }
      case TcpSyn.PROTOCOL -> ports(packet, at, protocol, packet.getInt(at + 4), reply);
      default -> {
        return ReplyVerdict.FOREIGN;
      }
    }
    return ReplyVerdict.ACCEPTED;
  }

  private static void echo(ByteBuffer packet, int at, int end, int protocol, Reply reply) {
    reply.protocol = protocol;
    reply.mark = ProbePayload.mark(packet, at + ICMP_HEADER_BYTES, end);
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
