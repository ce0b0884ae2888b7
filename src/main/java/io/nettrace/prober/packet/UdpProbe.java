package io.nettrace.prober.packet;

import java.nio.ByteBuffer;

/**
 * Writes UDP probes. Ports are the flow; the checksum names the probe, and two payload bytes are
 * chosen so that it is right (Paris traceroute). Every router quotes it: it lies within the first
 * eight bytes.
 */
public final class UdpProbe {
  public static final int BYTES = 24;
  public static final int PROTOCOL = 17;
  private static final int HEADER_BYTES = 8;

  private UdpProbe() {}

  public static void write(
      ByteBuffer out,
      long sourceHi,
      long sourceLo,
      long hi,
      long lo,
      int sourcePort,
      int port,
      int checksum) {
    write(out, sourceHi, sourceLo, hi, lo, sourcePort, port, checksum, 0);
  }

  /** {@code checksum} is 1–65534: 0 means "none" and 65535 is the same number. */
  public static void write(
      ByteBuffer out,
      long sourceHi,
      long sourceLo,
      long hi,
      long lo,
      int sourcePort,
      int port,
      int checksum,
      int mark) {
    int at = out.position();
    out.putShort((short) sourcePort).putShort((short) port);
    out.putShort((short) BYTES).putShort((short) 0);
    ProbePayload.write(out, 0, mark);
    int sum =
        Checksum.add(
            Checksum.sum(out, at, at + BYTES),
            Checksum.pseudoHeader(sourceHi, sourceLo, hi, lo, PROTOCOL, BYTES));
    int balance = Checksum.add(Checksum.complement(checksum), Checksum.complement(sum));
    out.putShort(at + 6, (short) checksum).putShort(at + HEADER_BYTES, (short) balance);
  }
}
