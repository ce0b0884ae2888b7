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
  private static final Setting<Optional<URI>> ROOT =
      new Setting<>(
          "nettrace.canary.root",
          "",
          "an address such as http://127.0.0.1:8080",
          "Where this node's own API is, for the canary tenants' attacks; the launcher says it.",
          CanaryConfig::root);
  public static final List<Setting<?>> SETTINGS = List.of(ROOT);

  public static CanaryConfig from(Settings settings) {
    return new CanaryConfig(settings.get(ROOT));
  }

  private static Optional<URI> root(String text) {
    if (!text.isEmpty() && !text.matches("https?://[^/\\s]+/?")) {
      throw new IllegalArgumentException("it is not the root of a web site");
    }
    return Optional.of(text).filter(root -> !root.isEmpty()).map(URI::create);
  }
}
