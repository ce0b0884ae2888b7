package io.nettrace.edge.canary;

import io.nettrace.platform.Configured;
import io.nettrace.platform.Service;
import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** This component's settings, as beans. */
@Service
public class CanaryBeans implements Configured {

  @Override
  public List<Setting<?>> settings() {
    return CanaryConfig.SETTINGS;
  }

  @Produces
  @Singleton
  CanaryConfig config(Settings settings) {
    return CanaryConfig.from(settings);
  }
}
