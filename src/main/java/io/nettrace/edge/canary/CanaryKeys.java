package io.nettrace.edge.canary;

import io.nettrace.apikey.ApiKeys;
import io.nettrace.apikey.IssueOutcome;
import io.nettrace.apikey.KeyKind;
import io.nettrace.apikey.NewKey;
import io.nettrace.identity.Permission;
import io.nettrace.platform.Service;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Keys of the canaries, known to this node alone, each for an hour or two. */
@Service
public class CanaryKeys {
  private static final Duration LIFE = Duration.ofHours(2);
  private static final Duration RENEWED_BEFORE = Duration.ofMinutes(30);

  private final ApiKeys keys;
  private final Clock clock;
  private final Map<UUID, Held> held = new HashMap<>();

  private record Held(String text, Instant expiresAt) {}

  @Inject
  CanaryKeys(ApiKeys keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  synchronized String of(UUID tenantId) {
    Instant now = clock.instant();
    Held known = held.get(tenantId);
    if (known == null || known.expiresAt().minus(RENEWED_BEFORE).isBefore(now)) {
      known = issue(tenantId, now.plus(LIFE));
      held.put(tenantId, known);
    }
    return known.text();
  }

  private Held issue(UUID tenantId, Instant expiresAt) {
    IssueOutcome outcome =
        keys.issue(
            DoorAttacks.CANARY,
            new NewKey(
                tenantId,
                "canary",
                KeyKind.LIVE,
                Set.of(Permission.READ_MEASUREMENTS, Permission.MANAGE_TARGETS),
                Optional.of(expiresAt),
                List.of()));
    if (outcome instanceof IssueOutcome.Issued(String text, var key)) {
      return new Held(text, key.expiresAt());
    }
    throw new IllegalStateException("a canary's key was refused: " + outcome);
  }
}
