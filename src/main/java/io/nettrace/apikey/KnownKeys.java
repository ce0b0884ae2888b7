package io.nettrace.apikey;

import io.nettrace.apikey.KeyDigest.Fingerprint;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The keys in memory: all that are live, and those that ended lately. Once a key is known to be
 * withdrawn, or to expire earlier, an older reading cannot undo it.
 */
final class KnownKeys {
  private final Map<Fingerprint, Entry> byFingerprint = new ConcurrentHashMap<>();

  /** A key and when its use was last noted. */
  static final class Entry {
    private final AtomicLong notedMillis = new AtomicLong(Long.MIN_VALUE);
    private volatile State state;

    private record State(ApiKey key, boolean revoked, long expiresMillis) {
      static State of(ApiKey key) {
        return new State(key, key.revokedAt().isPresent(), key.expiresAt().toEpochMilli());
      }
    }

    private Entry(ApiKey key) {
      state = State.of(key);
    }

    ApiKey key() {
      return state.key;
    }

    boolean isRevoked() {
      return state.revoked;
    }

    boolean isExpired(long nowMillis) {
      return nowMillis >= state.expiresMillis;
    }

    /** True once per {@code periodMillis}, to one caller. */
    boolean isUseToBeNoted(long nowMillis, long periodMillis) {
      long noted = notedMillis.get();
      return (noted == Long.MIN_VALUE || nowMillis - noted >= periodMillis)
          && notedMillis.compareAndSet(noted, nowMillis);
    }

    private synchronized Entry take(ApiKey fresh) {
      ApiKey known = state.key;
      ApiKey merged = fresh.expiring(known.expiresAt());
      Optional<Instant> revokedAt = known.revokedAt();
      state = State.of(revokedAt.isPresent() ? merged.revoked(revokedAt.get()) : merged);
      return this;
    }
  }

  Optional<Entry> find(Fingerprint fingerprint) {
    return Optional.ofNullable(byFingerprint.get(fingerprint));
  }

  Entry take(Fingerprint fingerprint, ApiKey key) {
    return byFingerprint.computeIfAbsent(fingerprint, _ -> new Entry(key)).take(key);
  }

  void forgetEndedBefore(Instant time) {
    byFingerprint
        .values()
        .removeIf(
            entry ->
                entry.key().expiresAt().isBefore(time)
                    || entry.key().revokedAt().filter(time::isAfter).isPresent());
  }
}
