package io.nettrace.edge.api.v1;

import io.nettrace.sample.Position;
import io.nettrace.sample.Selection;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Where a listing goes on, as a text that clients hand back unread: signed, so that it cannot be
 * made up, and holding the range, so that pages stay parts of one whole.
 */
final class Cursors {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SIGNATURE_BYTES = 16;
  private static final String SEPARATOR = "\n";
  private static final int PARTS = 8;

  private final SecretKeySpec secret;

  /** A listing, its range, and where its last page ended. */
  record Cursor(String listing, Selection selection, Position position) {}

  Cursors(String secret) {
    this.secret = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  String write(Cursor cursor) {
    byte[] payload =
        String.join(
                SEPARATOR,
                cursor.listing(),
                cursor.selection().targetId(),
                cursor.selection().vantagePoint(),
                micros(cursor.selection().start()),
                micros(cursor.selection().end()),
                micros(cursor.position().observedAt()),
                cursor.position().method(),
                cursor.position().address())
            .getBytes(StandardCharsets.UTF_8);
    byte[] signed = Arrays.copyOf(payload, payload.length + SIGNATURE_BYTES);
    System.arraycopy(signature(payload), 0, signed, payload.length, SIGNATURE_BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
  }

  /** Empty when it was not written by {@link #write} under this secret. */
  Optional<Cursor> read(String text) {
    try {
      byte[] signed = Base64.getUrlDecoder().decode(text);
      int length = signed.length - SIGNATURE_BYTES;
      if (length <= 0) {
        return Optional.empty();
      }
      byte[] payload = Arrays.copyOf(signed, length);
      byte[] signature = Arrays.copyOfRange(signed, length, signed.length);
      return MessageDigest.isEqual(signature, signature(payload))
          ? Optional.of(parse(payload))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Cursor parse(byte[] payload) {
    String[] parts = new String(payload, StandardCharsets.UTF_8).split(SEPARATOR, -1);
    if (parts.length != PARTS) {
      throw new IllegalArgumentException("a cursor has " + PARTS + " parts");
    }
    return new Cursor(
        parts[0],
        new Selection(parts[1], parts[2], time(parts[3]), time(parts[4])),
        new Position(time(parts[5]), parts[6], parts[7]));
  }

  private byte[] signature(byte[] payload) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      return Arrays.copyOf(mac.doFinal(payload), SIGNATURE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  private static String micros(Instant time) {
    return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, time));
  }

  private static Instant time(String micros) {
    return Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS);
  }
}
