package io.nettrace.identity;

import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import java.time.Duration;
import java.util.List;

/**
 * How people are kept.
 *
 * @param hashesAtOnce how many passwords are hashed at the same time; each takes 46 MiB
 * @param policy what holds for sessions of tenants that said nothing
 */
public record IdentityConfig(int hashesAtOnce, TenantPolicy policy) {
  private static final Setting<Integer> HASHES_AT_ONCE =
      Setting.integer(
          "nettrace.identity.hashes-at-once",
          4,
          1,
          64,
          "How many passwords are hashed at the same time on a node; each takes 46 MiB of memory.");
  private static final Setting<Duration> IDLE =
      Setting.duration(
          "nettrace.identity.session-idle",
          "30m",
          "5m",
          "24h",
          "How long a session lives unused, unless its tenant says otherwise.");
  private static final Setting<Duration> ABSOLUTE =
      Setting.duration(
          "nettrace.identity.session-absolute",
          "12h",
          "15m",
          "7d",
          "How long a session lives at most, unless its tenant says otherwise.");
  public static final List<Setting<?>> SETTINGS = List.of(HASHES_AT_ONCE, IDLE, ABSOLUTE);

  public static IdentityConfig from(Settings settings) {
    return new IdentityConfig(
        settings.get(HASHES_AT_ONCE),
        new TenantPolicy(settings.get(IDLE), settings.get(ABSOLUTE), false));
  }
}
