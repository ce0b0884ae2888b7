package io.nettrace.lab.packet;

import java.nio.ByteBuffer;

/**
 * One packet that came out of the vantage point, as routers and hosts look at it. Reused for every
 * packet: its values are those of the last {@link #read}.
 */
public final class Probe {
  public static final int ICMP = 1;
  public static final int TCP = 6;
  public static final int UDP = 17;
  public static final int ICMPV6 = 58;

  static final int ECHO_REQUEST = 8;
  static final int ECHO_REQUEST_V6 = 128;
  static final int TRANSPORT_MIN_BYTES = 8;
  static final int IPV4_MIN_BYTES = 20;
  static final int IPV6_BYTES = 40;
  private static final int TCP_MIN_BYTES = 20;
  private static final int IPV4_FRAGMENT_BITS = 0x3fff;
  private static final int FLOW_LABEL_BITS = 0xfffff;

  private ByteBuffer bytes = ByteBuffer.allocate(0);
  private boolean ipv4;
  private int headerBytes;
  private int totalBytes;
  private int ttl;
  private int protocol;
  private int flowLabel;
  private long sourceHigh;
  private long sourceLow;
  private long targetHigh;
  private long targetLow;

  /**
   * Looks at the first {@code length} bytes of {@code packet}, which must stay as they are while
   * this probe is used.
   *
   * @return whether it is a whole IP packet that a router would carry; nothing else may be asked of
   *     it otherwise
   */
  public boolean read(ByteBuffer packet, int length) {
    bytes = packet;
    if (length < IPV4_MIN_BYTES) {
      return false;
    }
    ipv4 = packet.get(0) >>> 4 == 4;
    boolean whole = ipv4 ? readIpv4(length) : packet.get(0) >>> 4 == 6 && readIpv6(length);
    return whole && ttl > 0 && totalBytes - headerBytes >= transportMinBytes();
  }

  private boolean readIpv4(int length) {
    headerBytes = (bytes.get(0) & 0x0f) * 4;
    totalBytes = Short.toUnsignedInt(bytes.getShort(2));
    if (headerBytes < IPV4_MIN_BYTES || totalBytes < headerBytes || totalBytes > length) {
      return false;
    }
    boolean fragment = (bytes.getShort(6) & IPV4_FRAGMENT_BITS) != 0;
    ttl = Byte.toUnsignedInt(bytes.get(8));
    protocol = Byte.toUnsignedInt(bytes.get(9));
    flowLabel = 0;
    sourceHigh = 0;
    sourceLow = WireAddress.mapped(bytes.getInt(12));
    targetHigh = 0;
    targetLow = WireAddress.mapped(bytes.getInt(16));
    return !fragment && LabChecksum.fold(LabChecksum.sum(bytes, 0, headerBytes)) == 0;
  }

  private boolean readIpv6(int length) {
    if (length < IPV6_BYTES) {
      return false;
    }
    headerBytes = IPV6_BYTES;
    totalBytes = IPV6_BYTES + Short.toUnsignedInt(bytes.getShort(4));
    protocol = Byte.toUnsignedInt(bytes.get(6));
    ttl = Byte.toUnsignedInt(bytes.get(7));
    flowLabel = bytes.getInt(0) & FLOW_LABEL_BITS;
    sourceHigh = bytes.getLong(8);
    sourceLow = bytes.getLong(16);
    targetHigh = bytes.getLong(24);
    targetLow = bytes.getLong(32);
    return totalBytes <= length;
  }

  private int transportMinBytes() {
    return protocol == TCP ? TCP_MIN_BYTES : TRANSPORT_MIN_BYTES;
  }

  /** Whether the transport header and what follows arrived as they were sent. */
  public boolean transportChecksumHolds() {
    int length = totalBytes - headerBytes;
    long sum = LabChecksum.sum(bytes, headerBytes, length);
    if (protocol == UDP && ipv4 && bytes.getShort(headerBytes + 6) == 0) {
      return true; // RFC 768: the sender made none
    }
    if (protocol != ICMP) {
      sum += pseudoHeader(length);
    }
    return LabChecksum.fold(sum) == 0;
  }

  private long pseudoHeader(int length) {
    // the mapped prefix of IPv4 addresses is no part of IPv4's pseudo-header
    long mappedPrefixes = ipv4 ? 2 * 0xffffL : 0;
    return LabChecksum.pseudoHeader(sourceHigh, sourceLow, targetHigh, targetLow, protocol, length)
        - mappedPrefixes;
  }

  /** Whether an ICMP error may be sent about it (RFC 1122 section 3.2.2, RFC 4443 section 2.4). */
  public boolean mayBeAnsweredByError() {
    return !isMulticast()
        && switch (protocol) {
          case ICMP -> isEchoRequest();
          case ICMPV6 -> bytes.get(headerBytes) < 0; // informational types have the top bit set
          default -> true;
        };
  }

  public boolean isEchoRequest() {
    int type = Byte.toUnsignedInt(bytes.get(headerBytes));
    return ipv4
        ? protocol == ICMP && type == ECHO_REQUEST
        : protocol == ICMPV6 && type == ECHO_REQUEST_V6;
  }

  public boolean isMulticast() {
    return ipv4 ? (targetLow & 0xf000_0000L) == 0xe000_0000L : targetHigh >>> 56 == 0xff;
  }

  public boolean isIpv4() {
    return ipv4;
  }

  public int ttl() {
    return ttl;
  }

  public int protocol() {
    return protocol;
  }

  public long sourceHigh() {
    return sourceHigh;
  }

  public long sourceLow() {
    return sourceLow;
  }

  public long targetHigh() {
    return targetHigh;
  }

  public long targetLow() {
    return targetLow;
  }

  public int sourcePort() {
    return Short.toUnsignedInt(bytes.getShort(headerBytes));
  }

  public int targetPort() {
    return Short.toUnsignedInt(bytes.getShort(headerBytes + 2));
  }

  /** First word of the transport header: the ports, or ICMP's type, code and checksum. */
  public int flow() {
    return bytes.getInt(headerBytes);
  }

  /**
   * Second word of the transport header: ICMP's identifier and sequence number, UDP's length and
   * checksum, TCP's sequence number.
   */
  public int identifier() {
    return bytes.getInt(headerBytes + 4);
  }

  public int flowLabel() {
    return flowLabel;
  }

  public int headerBytes() {
    return headerBytes;
  }

  public int totalBytes() {
    return totalBytes;
  }

  public int payloadOffset() {
    return headerBytes + TRANSPORT_MIN_BYTES;
  }

  public ByteBuffer bytes() {
    return bytes;
  }
}
