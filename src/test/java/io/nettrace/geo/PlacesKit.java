package io.nettrace.geo;

import io.nettrace.platform.Settings;
import java.util.Optional;

/** Places for tests of other components: the lab's, and none of the real ones. */
public final class PlacesKit {
  private PlacesKit() {}

  public static Places labOnly() {
    return new Places(new GeoSources(), GeoConfig.from(new Settings(_ -> Optional.empty())));
  }
}
