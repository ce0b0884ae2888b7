package io.nettrace.edge.api.http;

import io.nettrace.platform.Service;
import io.nettrace.platform.web.AddressLimit;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bound on calls that cost nothing of the day's quota, such as listing keys or changing settings:
 * so many a minute, and a few at once, for each tenant, or for a person who acts for none.
 */
@Service
public class UnmeteredCalls {
  private final int perMinute;
  private final int atOnce;
  private final AddressLimit limit;
  private final Map<UUID, Integer> running = new ConcurrentHashMap<>();

  @Inject
  UnmeteredCalls(ApiConfig config) {
    this(config.unmeteredPerMinute(), config.unmeteredAtOnce());
  }

  UnmeteredCalls(int perMinute, int atOnce) {
    this.perMinute = perMinute;
    this.atOnce = atOnce;
    this.limit = new AddressLimit(perMinute);
  }

  /** Refuses, or lets in; then {@link #leave} has to be called once. */
  void enter(UUID owner) {
    OptionalInt seconds = limit.refusedTo(owner.toString());
    if (seconds.isPresent()) {
      throw AccessRefusals.tooManyUnmetered(perMinute, seconds.getAsInt());
    }
    running.compute(
        owner,
        (_, count) -> {
          int now = count == null ? 0 : count;
          if (now >= atOnce) {
            throw AccessRefusals.tooManyAtOnce(atOnce);
          }
          return now + 1;
        });
  }

  void leave(UUID owner) {
    running.computeIfPresent(owner, (_, count) -> count <= 1 ? null : count - 1);
  }

  /** How many run for an owner. */
  int running(UUID owner) {
    return running.getOrDefault(owner, 0);
  }
}
