package io.nettrace.export;

import io.nettrace.platform.Configured;
import io.nettrace.platform.Service;
import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** This component's settings, as beans. */
@Service
public class ExportBeans implements Configured {

  @Override
  public List<Setting<?>> settings() {
    return ExportConfig.SETTINGS;
  }

  @Produces
  @Singleton
  ExportConfig config(Settings settings) {
    return ExportConfig.from(settings);
  }
}
