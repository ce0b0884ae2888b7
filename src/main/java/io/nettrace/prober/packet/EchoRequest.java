package io.nettrace.prober.packet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes ICMP and ICMPv6 echo requests. The sequence number names the probe; two payload bytes
 * balance it, so that the checksum, which load balancers hash, is constant for one flow.
 */
public final class EchoRequest {
  public static final int BYTES = 24;
  private static final int ECHO_REQUEST = 8;
  private static final int ECHO_REQUEST_V6 = 128;
  private static final byte[] PAYLOAD = "nettrace probe".getBytes(StandardCharsets.US_ASCII);

  private EchoRequest() {}

  /** The kernel fills in ICMPv6's checksum, which covers addresses it alone knows. */
  public static void write(ByteBuffer out, boolean ipv6, int id, int sequence, int flow) {
    out.putShort((short) ((ipv6 ? ECHO_REQUEST_V6 : ECHO_REQUEST) << 8)).putShort((short) 0);
    out.putShort((short) id).putShort((short) sequence);
    out.putShort((short) Checksum.add(Checksum.complement(sequence & 0xffff), flow)).put(PAYLOAD);
    if (!ipv6) {
      out.putShort(2, (short) Checksum.complement(Checksum.sum(out, 0, BYTES)));
    }
  }
}
