package io.nettrace.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.apikey.KeyDigest.Fingerprint;
import io.nettrace.identity.Permission;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KnownKeysTest {
  private static final Fingerprint FINGERPRINT = new Fingerprint(1, 2, 3, 4);
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final ApiKey KEY =
      new ApiKey(
          new UUID(1, 1),
          new UUID(1, 2),
          "a",
          KeyKind.LIVE,
          Set.of(Permission.READ_MEASUREMENTS),
          List.of(),
          "ntk_live_0000",
          "0000",
          Optional.empty(),
          Optional.empty(),
          NOW,
          NOW.plusSeconds(1000),
          Optional.empty());

  private final KnownKeys known = new KnownKeys();

  @Test
  void anOlderReadingDoesNotUndoARevocation() {
    known.take(FINGERPRINT, KEY.revoked(NOW));
    known.take(FINGERPRINT, KEY);
    assertThat(entry().isRevoked()).isTrue();
    assertThat(entry().key()).isEqualTo(KEY.revoked(NOW));
  }

  @Test
  void anOlderReadingDoesNotUndoAnEarlierExpiry() {
    known.take(FINGERPRINT, KEY.expiring(NOW.plusSeconds(10)));
    known.take(FINGERPRINT, KEY);
    assertThat(entry().isExpired(NOW.plusSeconds(10).toEpochMilli())).isTrue();
    assertThat(entry().isExpired(NOW.plusSeconds(10).toEpochMilli() - 1)).isFalse();
  }

  @Test
  void keysThatEndedLongAgoAreForgotten() {
    known.take(FINGERPRINT, KEY);
    known.take(new Fingerprint(5, 6, 7, 8), KEY.revoked(NOW));
    known.forgetEndedBefore(NOW.plusSeconds(1));
    assertThat(known.find(FINGERPRINT)).isPresent();
    assertThat(known.find(new Fingerprint(5, 6, 7, 8))).isEmpty();
    known.forgetEndedBefore(NOW.plusSeconds(1001));
    assertThat(known.find(FINGERPRINT)).isEmpty();
  }

  private KnownKeys.Entry entry() {
    return known.find(FINGERPRINT).orElseThrow();
  }
}
