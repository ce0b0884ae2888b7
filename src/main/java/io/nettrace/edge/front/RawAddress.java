package io.nettrace.edge.front;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Optional;

/** What is wrong with a request's address as it was sent, before the container reads it. */
final class RawAddress {
  private static final int HEX = 16;

  private RawAddress() {}

  /**
   * The fault, as it goes on after "the address"; empty for one that a client may write. Clients
   * resolve the segments {@code .} and {@code ..} themselves.
   */
  static Optional<String> fault(String address) {
    String path = withoutQuery(address);
    if (path.indexOf('%') < 0) {
      return faultOfText(path); // nearly all of them
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c != '%') {
        bytes.write(c < 128 ? c : '?'); // beyond ASCII the container reads it
        continue;
      }
      int high = i + 1 < path.length() ? Character.digit(path.charAt(i + 1), HEX) : -1;
      int low = i + 2 < path.length() ? Character.digit(path.charAt(i + 2), HEX) : -1;
      if (high < 0 || low < 0) {
        return Optional.of("has a malformed percent escape");
      }
      bytes.write(high * HEX + low);
      i += 2;
    }
    return text(bytes.toByteArray())
        .map(RawAddress::faultOfText)
        .orElse(Optional.of("is not UTF-8 behind its percent escapes"));
  }

  /** As the container understands a path without fault: decoded, without parameters of segments. */
  static String path(String address) {
    String path = withoutQuery(address);
    String plain =
        path.indexOf('%') < 0 ? path : URLDecoder.decode(path.replace("+", "%2B"), UTF_8);
    return plain.indexOf(';') < 0 && !plain.contains("//")
        ? plain
        : plain.replaceAll(";[^/]*", "").replaceAll("/+", "/");
  }

  private static String withoutQuery(String address) {
    int question = address.indexOf('?');
    return question < 0 ? address : address.substring(0, question);
  }

  private static Optional<String> faultOfText(String path) {
    if (path.indexOf(0) >= 0) {
      return Optional.of("has a character that cannot be in a path, U+0000");
    }
    return Arrays.stream(path.split("/", -1))
            .anyMatch(part -> part.equals(".") || part.equals(".."))
        ? Optional.of("has a segment . or ..; resolve it before sending")
        : Optional.empty();
  }

  private static Optional<String> text(byte[] bytes) {
    try {
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
