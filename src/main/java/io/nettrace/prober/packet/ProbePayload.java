package io.nettrace.prober.packet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The 16 bytes behind the header of an echo request or a UDP probe: two that balance its checksum,
 * a text that says whose it is, and the probe's mark, which names it once more where the header
 * came back rewritten.
 */
final class ProbePayload {
  static final int BYTES = 16;
  private static final int TEXT_OFFSET = 2;
  private static final byte[] TEXT = "nettracemark".getBytes(StandardCharsets.US_ASCII);
  private static final int MARK_OFFSET = TEXT_OFFSET + 12;

  private ProbePayload() {}

  static void write(ByteBuffer out, int balance, int mark) {
    out.putShort((short) balance).put(TEXT).putShort((short) mark);
  }

  /** The mark of the payload that begins at {@code at}; -1 when it is cut off or not ours. */
  static int mark(ByteBuffer packet, int at, int end) {
    if (end < at + BYTES) {
      return -1;
    }
    for (int i = 0; i < TEXT.length; i++) {
      if (packet.get(at + TEXT_OFFSET + i) != TEXT[i]) {
        return -1;
      }
    }
    return Short.toUnsignedInt(packet.getShort(at + MARK_OFFSET));
  }
}
