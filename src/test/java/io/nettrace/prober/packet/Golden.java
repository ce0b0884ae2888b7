package io.nettrace.prober.packet;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Packets kept as hexadecimal text beside the tests. */
final class Golden {
  private Golden() {}

  static ByteBuffer packet(String name) {
    try (InputStream in = requireNonNull(Golden.class.getResourceAsStream(name + ".hex"), name)) {
      String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replaceAll("\\s", "")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
