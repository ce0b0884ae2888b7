package io.nettrace.geo;

import io.nettrace.platform.Configured;
import io.nettrace.platform.Service;
import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** This component's settings, as beans. */
@Service
public class GeoBeans implements Configured {

  @Override
  public List<Setting<?>> settings() {
    return GeoConfig.SETTINGS;
  }

  @Produces
  @Singleton
  GeoConfig config(Settings settings) {
    return GeoConfig.from(settings);
  }
}
