package io.nettrace.desk;

import io.nettrace.platform.Configured;
import io.nettrace.platform.Service;
import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** This component's settings, as beans. */
@Service
public class DeskBeans implements Configured {
  @Override
  public List<Setting<?>> settings() {
    return DeskConfig.SETTINGS;
  }

  @Produces
  @Singleton
  public DeskConfig config(Settings settings) {
    return DeskConfig.from(settings);
  }
}
