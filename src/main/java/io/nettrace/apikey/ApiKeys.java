package io.nettrace.apikey;

import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Issues, checks and withdraws keys. Checking looks at memory only. */
@Service
public class ApiKeys {
  private static final int SHOWN_CHARACTERS = 4;

  private final Database database;
  private final KeyDigest digest;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<ByteBuffer, ApiKey> byHash = new ConcurrentHashMap<>();

  /** A new key. {@code text} is shown to its owner now and cannot be found out again. */
  public record Issued(String text, ApiKey key) {}

  @Inject
  ApiKeys(Database database, KeyDigest digest, Clock clock) {
    this.database = database;
    this.digest = digest;
    this.clock = clock;
  }

  void load(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) DatabaseReady ready) {
    byHash.putAll(database.run(ApiKeyStore::load));
  }

  public KeyVerdict verify(String presented) {
    if (!KeyText.isWellFormed(presented)) {
      return new KeyVerdict.Malformed();
    }
    // looked up by a keyed digest: timing says nothing about the key itself
    ApiKey key = byHash.get(ByteBuffer.wrap(digest.of(presented)));
    if (key == null) {
      return new KeyVerdict.Unknown();
    }
    return key.revokedAt().isPresent() ? new KeyVerdict.Revoked() : new KeyVerdict.Accepted(key);
  }

  public Issued issue(String name) {
    String text = KeyText.random(random);
    ApiKey key =
        new ApiKey(
            UUID.randomUUID(),
            name,
            text.substring(0, KeyText.PREFIX.length() + SHOWN_CHARACTERS),
            text.substring(text.length() - SHOWN_CHARACTERS),
            clock.instant(),
            Optional.empty());
    byte[] hash = digest.of(text);
    database.transaction(
        tx -> {
          ApiKeyStore.add(tx, key, hash);
          return key;
        });
    byHash.put(ByteBuffer.wrap(hash), key);
    return new Issued(text, key);
  }

  /** Withdraws a key; withdrawing it again changes nothing. */
  public void revoke(UUID id) {
    Instant now = clock.instant();
    database.transaction(tx -> ApiKeyStore.revoke(tx, id, now));
    byHash.replaceAll(
        (_, key) -> key.id().equals(id) && key.revokedAt().isEmpty() ? revoked(key, now) : key);
  }

  /** Every key ever issued. */
  public List<ApiKey> all() {
    return List.copyOf(byHash.values());
  }

  private static ApiKey revoked(ApiKey key, Instant at) {
    return new ApiKey(
        key.id(), key.name(), key.prefix(), key.last4(), key.createdAt(), Optional.of(at));
  }
}
