package io.nettrace.scanner.spool;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * One entry of a spool file: mark, length, CRC32C, kind, content. The mark lets reading go on
 * behind damage; the sum covers kind and content.
 */
@SuppressWarnings("ArrayRecordComponent") // content is read only
record SpoolEntry(Kind kind, byte[] content) {
  private static final int MARK = 0x4e545345;
  private static final int HEAD = 13;

  /** More than any measurement or numbering takes. */
  static final int MOST_BYTES = 4 << 20;

  /** What an entry is. */
  enum Kind {
    /** Whose file it is: the first entry. */
    HEADER('H'),
    BURST('B'),
    TRACE('T'),
    RESOLUTION('R'),
    FAULT('F'),
    /** The entries since the last seal are a delivery of this number. */
    SEAL('S');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }

    private static Optional<Kind> of(int letter) {
      return Stream.of(values()).filter(kind -> kind.letter == letter).findFirst();
    }
  }

  int size() {
    return HEAD + content.length;
  }

  byte[] bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(size());
    bytes.putInt(MARK).putInt(content.length).putInt(sum(kind.letter, content, 0, content.length));
    return bytes.put((byte) kind.letter).put(content).array();
  }

  /** The entry at {@code at}; empty when there is none that is whole. */
  static Optional<SpoolEntry> read(byte[] file, int at) {
    if (file.length - at < HEAD) {
      return Optional.empty();
    }
    ByteBuffer head = ByteBuffer.wrap(file, at, HEAD);
    int mark = head.getInt();
    int length = head.getInt();
    int sum = head.getInt();
    int letter = head.get();
    Optional<Kind> kind = Kind.of(letter);
    boolean plausible =
        mark == MARK
            && length >= 0
            && length <= Math.min(MOST_BYTES, file.length - at - HEAD)
            && kind.isPresent();
    if (!plausible || sum(letter, file, at + HEAD, length) != sum) {
      return Optional.empty();
    }
    byte[] content = new byte[length];
    System.arraycopy(file, at + HEAD, content, 0, length);
    return kind.map(known -> new SpoolEntry(known, content));
  }

  private static int sum(int kind, byte[] bytes, int from, int length) {
    CRC32C sum = new CRC32C();
    sum.update(kind);
    sum.update(bytes, from, length);
    return (int) sum.getValue();
  }
}
