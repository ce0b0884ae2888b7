package io.nettrace.edge.front;

import io.nettrace.platform.Service;
import io.nettrace.platform.crypto.Sha256;
import io.nettrace.platform.web.RequestCookies;
import io.nettrace.platform.web.SessionCookie;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Credentials that were good within the last minutes, as digests. It decides nothing but who stands
 * in which queue: rights are asked elsewhere, again for each request.
 */
@Service
class KnownCallers {
  private static final int MOST = 50_000;
  private static final Duration KEPT = Duration.ofMinutes(10);

  private final Clock clock;
  private final Map<UUID, Long> goodUntilMillis =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Long> eldest) {
          return size() > MOST;
        }
      };

  @Inject
  KnownCallers(Clock clock) {
    this.clock = clock;
  }

  /** The digest of what a request shows, if it shows anything. */
  static Optional<UUID> digest(HttpServletRequest request) {
    String shown = request.getHeader("X-API-Key");
    if (shown == null) {
      shown = request.getHeader("Authorization");
    }
    if (shown == null) {
      shown = token(request).orElse(null);
    }
    return shown == null ? Optional.empty() : Optional.of(digest(shown));
  }

  boolean isKnown(UUID digest) {
    synchronized (goodUntilMillis) {
      Long until = goodUntilMillis.get(digest);
      return until != null && until > clock.millis();
    }
  }

  /** The credential was accepted. */
  void wasGood(UUID digest) {
    synchronized (goodUntilMillis) {
      goodUntilMillis.put(digest, clock.millis() + KEPT.toMillis());
    }
  }

  private static Optional<String> token(HttpServletRequest request) {
    return SessionCookie.token(name -> RequestCookies.value(request, name), true)
        .or(() -> SessionCookie.token(name -> RequestCookies.value(request, name), false));
  }

  private static UUID digest(String shown) {
    ByteBuffer bytes = ByteBuffer.wrap(Sha256.of(shown));
    return new UUID(bytes.getLong(), bytes.getLong());
  }
}
