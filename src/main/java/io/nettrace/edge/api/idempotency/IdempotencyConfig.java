package io.nettrace.edge.api.idempotency;

import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import java.util.List;
import java.util.Optional;

/**
 * How kept answers are sealed.
 *
 * @param secret empty means one is made and kept in the data folder
 */
public record IdempotencyConfig(Optional<String> secret) {
  private static final Setting<Optional<String>> SECRET =
      Setting.optionalText(
          "nettrace.api.idempotency-secret",
          "at least 32 characters",
          32,
          "What answers to calls with an Idempotency-Key are sealed with, together with that key;"
              + " all nodes need the same one. Unset: made at first start and kept in"
              + " <nettrace.data>/idempotency-secret. Whoever changes it has all such keys"
              + " forgotten.");
  public static final List<Setting<?>> SETTINGS = List.of(SECRET);

  public static IdempotencyConfig from(Settings settings) {
    return new IdempotencyConfig(settings.get(SECRET));
  }
}
