package io.nettrace.edge.api.http;

import io.nettrace.platform.crypto.Signer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a listing goes on, as a text that clients hand back unread: signed, so that it cannot be
 * made up, holding the range, so that pages stay parts of one whole, bound to the tenant that it
 * was given to, and good for a day; those of feeds for a month.
 */
public final class Cursors {
  public static final Duration GOOD_FOR = Duration.ofDays(1);

  /** A poller may be away for so long and go on where it was. */
  public static final Duration FEED_GOOD_FOR = Duration.ofDays(30);

  private static final String PURPOSE = "nettrace cursors 2";
  private static final int SIGNATURE_BYTES = 16;
  private static final String SEPARATOR = "\n";

  /** Listing, tenant and time. */
  private static final int HEAD = 3;

  private final Signer signer;

  /** Of cursors that an earlier release wrote. */
  private final Signer earlier;

  private final Clock clock;

  /** What a cursor's text is worth. */
  public sealed interface Reading {
    /** Written by this listing; {@code parts} as they were written. */
    record Good(List<String> parts) implements Reading {}

    record Expired() implements Reading {}

    /** Made up, damaged, another listing's or another tenant's. */
    record Foreign() implements Reading {}
  }

  public Cursors(String secret, Clock clock) {
    this.signer = Signer.of(secret, PURPOSE);
    this.earlier = Signer.ofSingleUse(secret);
    this.clock = clock;
  }

  /** Those of one tenant. */
  public OwnCursors of(UUID tenantId) {
    return new OwnCursors(this, tenantId);
  }

  String write(UUID tenantId, String listing, List<String> parts) {
    String head =
        String.join(
            SEPARATOR, listing, tenantId.toString(), written().getEpochSecond() + SEPARATOR);
    byte[] payload = (head + String.join(SEPARATOR, parts)).getBytes(StandardCharsets.UTF_8);
    byte[] signed = Arrays.copyOf(payload, payload.length + SIGNATURE_BYTES);
    System.arraycopy(signature(signer, payload), 0, signed, payload.length, SIGNATURE_BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
  }

  /** In whole hours, so that a poller that stands still gets one text and the page its tag. */
  private Instant written() {
    return clock.instant().truncatedTo(ChronoUnit.HOURS);
  }

  /** A part that may be missing is written as nothing. */
  public static Optional<String> text(String part) {
    return Optional.of(part).filter(p -> !p.isEmpty());
  }

  Reading read(UUID tenantId, String listing, Duration goodFor, String text) {
    return payload(text)
        .map(payload -> List.of(payload.split(SEPARATOR, -1)))
        .filter(all -> all.size() > HEAD)
        .filter(all -> all.getFirst().equals(listing) && all.get(1).equals(tenantId.toString()))
        .<Reading>map(
            all ->
                isOld(all.get(HEAD - 1), goodFor)
                    ? new Reading.Expired()
                    : new Reading.Good(all.subList(HEAD, all.size())))
        .orElseGet(Reading.Foreign::new);
  }

  private boolean isOld(String written, Duration goodFor) {
    return Instant.ofEpochSecond(Long.parseLong(written)).plus(goodFor).isBefore(clock.instant());
  }

  private Optional<String> payload(String text) {
    byte[] signed;
    try {
      signed = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    int length = signed.length - SIGNATURE_BYTES;
    if (length <= 0) {
      return Optional.empty();
    }
    byte[] payload = Arrays.copyOf(signed, length);
    byte[] signature = Arrays.copyOfRange(signed, length, signed.length);
    return MessageDigest.isEqual(signature, signature(signer, payload))
            || MessageDigest.isEqual(signature, signature(earlier, payload))
        ? Optional.of(new String(payload, StandardCharsets.UTF_8))
        : Optional.empty();
  }

  private static byte[] signature(Signer signer, byte[] payload) {
    return Arrays.copyOf(signer.sign(payload), SIGNATURE_BYTES);
  }
}
