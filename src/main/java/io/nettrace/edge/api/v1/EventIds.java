package io.nettrace.edge.api.v1;

import io.nettrace.route.EventPosition;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names of events: the same for an event in every answer, now and later. */
final class EventIds {
  private static final String PREFIX = "ev_";
  private static final int BYTES = 12;

  private EventIds() {}

  /** Made of what no two events share: type, moment and what it was seen at. */
  static String of(EventView.Type type, EventPosition position) {
    String name = "%s|%s|%s".formatted(type, Micros.of(position.at()), position.key());
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return PREFIX + HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
