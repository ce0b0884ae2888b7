package io.nettrace.prober.packet;

import java.nio.ByteBuffer;

/**
 * Writes the IPv4 header of a probe. It is ours to write because of the identification, which
 * routers quote and address translators leave alone: it names the probe a second time.
 */
public final class Ipv4Header {
  public static final int BYTES = 20;
  private static final short VERSION_AND_LENGTH = 0x4500;
  private static final short DONT_FRAGMENT = 0x4000;

  private Ipv4Header() {}

  /** The kernel fills in source address and checksum. */
  public static void write(
      ByteBuffer out, long targetLo, int ttl, int identification, int protocol, int dataBytes) {
    out.putShort(VERSION_AND_LENGTH).putShort((short) (BYTES + dataBytes));
    out.putShort((short) identification).putShort(DONT_FRAGMENT);
    out.put((byte) ttl).put((byte) protocol).putShort((short) 0);
    out.putInt(0).putInt((int) targetLo);
  }
}
