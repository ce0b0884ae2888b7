package io.nettrace.geo;

import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.Settings;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** Places for tests of other components. */
public final class PlacesKit {
  private PlacesKit() {}

  /** The lab's, and none of the real ones. */
  public static Places labOnly(Database database) {
    return with(database, Map.of());
  }

  /** As settings say. */
  public static Places with(Database database, Map<String, String> settings) {
    GeoConfig config =
        GeoConfig.from(new Settings(name -> Optional.ofNullable(settings.get(name))));
    GeoSources sources = new GeoSources(config, Clock.systemUTC());
    sources.refresh();
    GeoCache cache =
        new GeoCache(
            sources,
            new ReverseNames(config),
            database,
            new Chores(database),
            config,
            Clock.systemUTC());
    return new Places(sources, cache, config);
  }
}
