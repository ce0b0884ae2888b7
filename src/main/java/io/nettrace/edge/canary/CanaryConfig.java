package io.nettrace.edge.canary;

import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Where the canaries find the API.
 *
 * @param root empty when nobody said; then only the database is attacked
 */
public record CanaryConfig(Optional<URI> root) {
  private static final Setting<Optional<String>> ROOT =
      Setting.optionalText(
          "nettrace.canary.root",
          "an address such as http://127.0.0.1:8080",
          0,
          "Where this node's own API is, for the canary tenants' attacks; the launcher says it.");
  public static final List<Setting<?>> SETTINGS = List.of(ROOT);

  public static CanaryConfig from(Settings settings) {
    return new CanaryConfig(settings.get(ROOT).map(URI::create));
  }
}
