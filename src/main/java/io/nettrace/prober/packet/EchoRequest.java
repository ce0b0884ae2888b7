package io.nettrace.prober.packet;

import java.nio.ByteBuffer;

/**
 * Writes ICMP and ICMPv6 echo requests. The sequence number names the probe; two payload bytes
 * balance it, so that the checksum, which load balancers hash, is constant for one flow.
 */
public final class EchoRequest {
  public static final int BYTES = 24;
  private static final int ECHO_REQUEST = 8;
  private static final int ECHO_REQUEST_V6 = 128;

  private EchoRequest() {}

  public static void write(ByteBuffer out, boolean ipv6, int id, int sequence, int flow) {
    write(out, ipv6, id, sequence, 0, flow);
  }

  /** The kernel fills in ICMPv6's checksum, which covers addresses it alone knows. */
  public static void write(ByteBuffer out, boolean ipv6, int id, int sequence, int mark, int flow) {
    int at = out.position();
    out.putShort((short) ((ipv6 ? ECHO_REQUEST_V6 : ECHO_REQUEST) << 8)).putShort((short) 0);
    out.putShort((short) id).putShort((short) sequence);
    int unbalanced = Checksum.add(sequence & 0xffff, mark);
    ProbePayload.write(out, Checksum.add(Checksum.complement(unbalanced), flow), mark);
    if (!ipv6) {
      out.putShort(at + 2, (short) Checksum.complement(Checksum.sum(out, at, at + BYTES)));
    }
  }
}
