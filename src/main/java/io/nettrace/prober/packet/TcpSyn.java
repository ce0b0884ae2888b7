package io.nettrace.prober.packet;

import java.nio.ByteBuffer;

/** Writes TCP SYN probes. Ports are the flow; the sequence number names the probe. */
public final class TcpSyn {
  public static final int BYTES = 24;
  public static final int PROTOCOL = 6;
  private static final int DATA_OFFSET_AND_SYN = (BYTES / 4) << 12 | 0x002;
  private static final int WINDOW = 64_240;
  private static final int MAXIMUM_SEGMENT_SIZE_1460 = 0x0204_05b4;

  private TcpSyn() {}

  public static void write(
      ByteBuffer out,
      long sourceHi,
      long sourceLo,
      long hi,
      long lo,
      int sourcePort,
      int port,
      int sequence) {
    int at = out.position();
    out.putShort((short) sourcePort).putShort((short) port);
    out.putInt(sequence).putInt(0).putShort((short) DATA_OFFSET_AND_SYN).putShort((short) WINDOW);
    out.putShort((short) 0).putShort((short) 0).putInt(MAXIMUM_SEGMENT_SIZE_1460);
    int sum =
        Checksum.add(
            Checksum.sum(out, at, at + BYTES),
            Checksum.pseudoHeader(sourceHi, sourceLo, hi, lo, PROTOCOL, BYTES));
    out.putShort(at + 16, (short) Checksum.complement(sum));
  }
}
