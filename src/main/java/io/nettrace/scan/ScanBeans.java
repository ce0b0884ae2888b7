package io.nettrace.scan;

import io.nettrace.platform.Configured;
import io.nettrace.platform.Service;
import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** This component's settings, as a bean. */
@Service
public class ScanBeans implements Configured {

  @Override
  public List<Setting<?>> settings() {
    return ScanConfig.SETTINGS;
  }

  @Produces
  @Singleton
  ScanConfig config(Settings settings) {
    return ScanConfig.from(settings);
  }
}
