package io.nettrace.edge.api.account;

import io.nettrace.apikey.ApiKey;
import io.nettrace.apikey.OwnedKey;
import io.nettrace.edge.api.http.ConstantNames;
import io.nettrace.metric.Cidr;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A key as it is listed; with its text only in the answer that made it. */
record KeyView(
    UUID id,
    String name,
    String kind,
    String prefix,
    String last4,
    @Nullable String text,
    List<String> scopes,
    List<String> allowedFrom,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable UUID replaces,
    @Nullable LastUseView lastUsed) {

  /** When and from where a key was used last. */
  record LastUseView(Instant at, String from) {}

  static KeyView issued(ApiKey key, String text) {
    return of(key, text, null);
  }

  static KeyView of(OwnedKey owned) {
    return of(
        owned.key(),
        null,
        owned.lastUse().map(use -> new LastUseView(use.at(), use.address())).orElse(null));
  }

  private static KeyView of(ApiKey key, @Nullable String text, @Nullable LastUseView lastUse) {
    return new KeyView(
        key.id(),
        key.name(),
        ConstantNames.of(key.kind()),
        key.prefix(),
        key.last4(),
        text,
        key.scopes().stream().map(ConstantNames::of).sorted().toList(),
        key.allowedFrom().stream().map(Cidr::toString).toList(),
        key.createdAt(),
        key.expiresAt(),
        key.revokedAt().orElse(null),
        key.replaces().orElse(null),
        lastUse);
  }
}
