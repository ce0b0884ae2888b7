package io.nettrace.sample;

import io.nettrace.platform.Configured;
import io.nettrace.platform.Service;
import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** This component's settings, as beans. */
@Service
public class SampleBeans implements Configured {

  @Override
  public List<Setting<?>> settings() {
    return SampleConfig.SETTINGS;
  }

  @Produces
  @Singleton
  SampleConfig config(Settings settings) {
    return SampleConfig.from(settings);
  }
}
