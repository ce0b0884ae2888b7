package io.nettrace.metric;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;

/**
 * A network in CIDR notation, IPv4 or IPv6; a bare address is a network of one. An IPv4 address and
 * its IPv4-mapped IPv6 form are the same, so {@code ::/0} is every address.
 */
public final class Cidr {
  private static final int BITS = 128;
  private static final int MAPPED_BITS = 96;
  private static final int IPV4_BYTES = 4;
  private static final long MAPPED = 0xffff_0000_0000L;
  private static final int LONGEST = 64;
  private static final String OCTET = "(0|[1-9]\\d{0,2})";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
  private static final Pattern LENGTH = Pattern.compile("0|[1-9]\\d{0,2}");

  private final String text;
  private final long high;
  private final long low;
  private final long highMask;
  private final long lowMask;

  private Cidr(String text, InetAddress network, int length) {
    this.text = text;
    this.high = high(network);
    this.low = low(network);
    this.highMask = mask(length);
    this.lowMask = mask(length - Long.SIZE);
    if ((high & ~highMask) != 0 || (low & ~lowMask) != 0) {
      throw new IllegalArgumentException("the address has bits beyond the network's length");
    }
  }

  /**
   * Reads {@code 192.0.2.0/24}, {@code 2001:db8::/32}, {@code ::ffff:192.0.2.0/120} or an address.
   *
   * @throws IllegalArgumentException saying why {@code text} is none
   */
  public static Cidr parse(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("it is too long for a network");
    }
    int slash = text.indexOf('/');
    String written = slash < 0 ? text : text.substring(0, slash);
    InetAddress address = address(written);
    boolean ipv4 = written.indexOf(':') < 0;
    int most = ipv4 ? BITS - MAPPED_BITS : BITS;
    int length = slash < 0 ? most : length(text.substring(slash + 1), most);
    return new Cidr(text, address, ipv4 ? MAPPED_BITS + length : length);
  }

  public boolean contains(InetAddress address) {
    return (high(address) & highMask) == high && (low(address) & lowMask) == low;
  }

  /** The same for the four or sixteen bytes of an address. */
  public boolean contains(byte[] address) {
    ByteBuffer bytes = ByteBuffer.wrap(address);
    boolean isIpv4 = address.length == IPV4_BYTES;
    long theirHigh = isIpv4 ? 0 : bytes.getLong();
    long theirLow = isIpv4 ? MAPPED | Integer.toUnsignedLong(bytes.getInt()) : bytes.getLong();
    return (theirHigh & highMask) == high && (theirLow & lowMask) == low;
  }

  private static InetAddress address(String text) {
    if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
      throw new IllegalArgumentException("it is no address in digits");
    }
    return InetAddress.ofLiteral(text);
  }

  private static int length(String text, int most) {
    if (!LENGTH.matcher(text).matches() || Integer.parseInt(text) > most) {
      throw new IllegalArgumentException("after the slash comes a length of 0 to " + most);
    }
    return Integer.parseInt(text);
  }

  private static long mask(int length) {
    return length <= 0 ? 0 : length >= Long.SIZE ? -1 : -1L << (Long.SIZE - length);
  }

  private static long high(InetAddress address) {
    return address instanceof Inet4Address ? 0 : ByteBuffer.wrap(address.getAddress()).getLong();
  }

  private static long low(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    return bytes.capacity() == IPV4_BYTES
        ? MAPPED | Integer.toUnsignedLong(bytes.getInt())
        : bytes.getLong(Long.BYTES);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cidr range
        && range.high == high
        && range.low == low
        && range.highMask == highMask
        && range.lowMask == lowMask;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(31 * (31 * high + low) + Long.bitCount(highMask) + Long.bitCount(lowMask));
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }
}
