package io.nettrace.posix;

/** Socket options the prober sets, as (level, name) of Linux's headers. */
public enum SocketOption {
  SEND_BUFFER(1, 7),
  RECEIVE_BUFFER(1, 8),
  ATTACH_FILTER(1, 26),
  SEND_BUFFER_FORCE(1, 32),
  RECEIVE_BUFFER_FORCE(1, 33),
  TIMESTAMPING(1, 37),
  IPV4_TTL(0, 2),
  /** Packets to be sent begin with their own IPv4 header (raw sockets). */
  IPV4_HEADER_INCLUDED(0, 3),
  IPV4_RECEIVE_ERRORS(0, 11),
  IPV4_RECEIVE_TTL(0, 12),
  IPV6_HOPS(41, 16),
  IPV6_RECEIVE_ERRORS(41, 25),
  IPV6_RECEIVE_HOP_LIMIT(41, 51),
  IPV6_AUTO_FLOW_LABEL(41, 70),
  /** Bit mask of ICMP types that a raw socket is not to be given. */
  ICMP_FILTER(255, 1),
  ICMPV6_FILTER(58, 1);

  final int level;
  final int name;

  SocketOption(int level, int name) {
    this.level = level;
    this.name = name;
  }

  /** Whether the kernel should stamp what a socket sends and receives, in software. */
  public static final int STAMP_SENT_AND_RECEIVED =
      1 << 1 // SOF_TIMESTAMPING_TX_SOFTWARE
          | 1 << 3 // SOF_TIMESTAMPING_RX_SOFTWARE
          | 1 << 4; // SOF_TIMESTAMPING_SOFTWARE
}
