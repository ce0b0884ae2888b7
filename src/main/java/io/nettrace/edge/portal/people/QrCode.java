package io.nettrace.edge.portal.people;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A text as a QR code (ISO/IEC 18004), for a camera that looks at a screen: bytes, the lowest error
 * correction, as small as it goes.
 */
public final class QrCode {
  /** How many modules around the code stay light. */
  private static final int QUIET = 4;

  /**
   * By version, the first is 1: into how many blocks the data goes, and the check bytes of each.
   */
  private static final int[] BLOCKS = {1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6};

  private static final int[] CHECKS = {7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22};
  private static final int BYTES = 0b0100;
  private static final int[] PADDING = {0xEC, 0x11};

  private final boolean[][] dark;

  private QrCode(boolean[][] dark) {
    this.dark = dark;
  }

  /** Empty when the text is longer than a screen can well show. */
  public static Optional<QrCode> of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int version = 1; version <= BLOCKS.length; version++) {
      int room = QrModules.bytes(version) - BLOCKS[version - 1] * CHECKS[version - 1];
      if (bytes.length + (version < 10 ? 2 : 3) <= room) {
        byte[] words = interleaved(filled(bytes, version, room), version);
        return Optional.of(new QrCode(QrModules.of(version, words)));
      }
    }
    return Optional.empty();
  }

  /** Width and height in modules, the light border included. */
  public int size() {
    return dark.length + 2 * QUIET;
  }

  /** The dark modules, a unit wide each, as the data of an SVG path. */
  public String path() {
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < dark.length; y++) {
      int x = 0;
      while (x < dark.length) {
        int from = x;
        while (x < dark.length && dark[y][x]) {
          x++;
        }
        if (x > from) {
          path.append("M%d %dh%dv1h-%dz".formatted(from + QUIET, y + QUIET, x - from, x - from));
        } else {
          x++;
        }
      }
    }
    return path.toString();
  }

  /** Says what follows and how much, then the text, then padding to the end. */
  private static byte[] filled(byte[] text, int version, int room) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(room);
    int head = BYTES;
    if (version >= 10) {
      out.write(BYTES << 4 | text.length >> 12);
      head = text.length >> 8;
    }
    out.write(head << 4 | text.length >> 4 & 0xF);
    int half = text.length & 0xF;
    for (byte each : text) {
      out.write(half << 4 | (each & 0xFF) >> 4);
      half = each & 0xF;
    }
    out.write(half << 4); // four zeros end the text
    for (int i = 0; out.size() < room; i++) {
      out.write(PADDING[i % PADDING.length]);
    }
    return out.toByteArray();
  }

  /** The blocks' bytes in turn, then their check bytes in turn; later blocks may have one more. */
  private static byte[] interleaved(byte[] data, int version) {
    int many = BLOCKS[version - 1];
    int checks = CHECKS[version - 1];
    byte[][] blocks = new byte[many][];
    byte[][] checked = new byte[many][];
    int longer = many - data.length % many;
    for (int i = 0, from = 0; i < many; i++) {
      int length = data.length / many + (i < longer ? 0 : 1);
      blocks[i] = Arrays.copyOfRange(data, from, from + length);
      checked[i] = ReedSolomon.checks(blocks[i], checks);
      from += length;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[][] part : new byte[][][] {blocks, checked}) {
      for (int i = 0; i < part[many - 1].length; i++) {
        for (byte[] block : part) {
          if (i < block.length) {
            out.write(block[i]);
          }
        }
      }
    }
    return out.toByteArray();
  }
}
