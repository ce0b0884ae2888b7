package io.nettrace.apikey;

import io.github.bucket4j.Bucket;
import io.nettrace.apikey.KeyDigest.Fingerprint;
import io.nettrace.platform.Database;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Asks the database about a key that memory does not know: it may have been issued on another node
 * a moment ago. Whoever invents keys gets few questions through: each key is asked once, and all
 * together so many a second and a few at a time. What is not asked is unknown; a real key is in
 * memory within a second anyway.
 */
final class UnknownKeys {
  private static final int MOST_REMEMBERED = 10_000;
  private static final int LOOK_UPS_PER_SECOND = 50;
  private static final int LOOK_UPS_AT_ONCE = 4;

  private final Database database;
  private final Bucket rate =
      Bucket.builder()
          .addLimit(
              limit ->
                  limit
                      .capacity(LOOK_UPS_PER_SECOND)
                      .refillGreedy(LOOK_UPS_PER_SECOND, Duration.ofSeconds(1)))
          .build();
  private final Semaphore places = new Semaphore(LOOK_UPS_AT_ONCE);
  private final Map<Fingerprint, Boolean> unknown =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Fingerprint, Boolean> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  UnknownKeys(Database database) {
    this.database = database;
  }

  Optional<ApiKey> find(Fingerprint fingerprint) {
    if (isKnownUnknown(fingerprint) || !places.tryAcquire()) {
      return Optional.empty();
    }
    try {
      return rate.tryConsume(1) ? ask(fingerprint) : Optional.empty();
    } finally {
      places.release();
    }
  }

  private Optional<ApiKey> ask(Fingerprint fingerprint) {
    Optional<ApiKey> found =
        database
            .run(connection -> ApiKeyStore.byHash(connection, fingerprint))
            .map(ApiKeyStore.Row::key);
    if (found.isEmpty()) {
      synchronized (unknown) {
        unknown.put(fingerprint, true);
      }
    }
    return found;
  }

  private boolean isKnownUnknown(Fingerprint fingerprint) {
    synchronized (unknown) {
      return unknown.containsKey(fingerprint);
    }
  }
}
