package io.nettrace.lab.packet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A DNS question (RFC 1035) and the message that answers it.
 *
 * @param name in lower case, without the dot at its end
 */
public record LabNameQuery(int id, int flags, String name, int type, int recordClass) {
  public static final int A = 1;
  public static final int PTR = 12;
  public static final int AAAA = 28;

  private static final int HEADER_BYTES = 12;
  private static final int LABEL_MAX_BYTES = 63;
  private static final int NAME_MAX_BYTES = 255;
  private static final int RESPONSE = 0x8000;
  private static final int OPCODE_AND_RECURSION_DESIRED = 0x7900;
  private static final int AUTHORITATIVE = 0x0400;
  private static final int RECURSION_AVAILABLE = 0x0080;
  private static final int NAME_OF_THE_QUESTION = 0xc00c;

  /** How a name server answers (RFC 1035 section 4.1.1). */
  public enum ResponseCode {
    NO_ERROR(0),
    NO_SUCH_NAME(3);

    private final int code;

    ResponseCode(int code) {
      this.code = code;
    }
  }

  /** Reads a query of exactly one question; empty when it is anything else. */
  public static Optional<LabNameQuery> read(ByteBuffer bytes, int offset, int length) {
    ByteBuffer in = bytes.duplicate().position(offset).limit(offset + length).slice();
    if (length < HEADER_BYTES || (in.getShort(2) & RESPONSE) != 0 || in.getShort(4) != 1) {
      return Optional.empty();
    }
    in.position(HEADER_BYTES);
    return name(in)
        .filter(_ -> in.remaining() >= 4)
        .map(
            name ->
                new LabNameQuery(
                    in.getShort(0), in.getShort(2), name, in.getShort(), in.getShort()));
  }

  private static Optional<String> name(ByteBuffer in) {
    StringBuilder name = new StringBuilder();
    while (in.hasRemaining()) {
      int length = in.get();
      if (length == 0) {
        return Optional.of(name.toString().toLowerCase(Locale.ROOT));
      }
      if (length < 0 || length > LABEL_MAX_BYTES || length > in.remaining()) {
        return Optional.empty();
      }
      byte[] label = new byte[length];
      in.get(label);
      name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
      if (name.length() > NAME_MAX_BYTES) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** The response with one record of the question's type for each of {@code data}. */
  public byte[] answer(ResponseCode code, int ttlSeconds, List<byte[]> data) {
    byte[] question = encoded(name);
    int records = data.stream().mapToInt(d -> 12 + d.length).sum();
    ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + question.length + 4 + records);
    int answerFlags =
        RESPONSE | (flags & OPCODE_AND_RECURSION_DESIRED) | AUTHORITATIVE | RECURSION_AVAILABLE;
    out.putShort((short) id).putShort((short) (answerFlags | code.code));
    out.putShort((short) 1).putShort((short) data.size()).putInt(0);
    out.put(question).putShort((short) type).putShort((short) recordClass);
    for (byte[] record : data) {
      out.putShort((short) NAME_OF_THE_QUESTION).putShort((short) type);
      out.putShort((short) recordClass).putInt(ttlSeconds);
      out.putShort((short) record.length).put(record);
    }
    return out.array();
  }

  /** A name as labels with their lengths, uncompressed. */
  public static byte[] encoded(String name) {
    byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer out = ByteBuffer.allocate(ascii.length + 2);
    if (!name.isEmpty()) {
      for (String label : name.split("\\.", -1)) {
        out.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
      }
    }
    out.put((byte) 0);
    byte[] encoded = new byte[out.position()];
    out.flip().get(encoded);
    return encoded;
  }
}
