package io.nettrace.platform.event;

import io.nettrace.platform.Configured;
import io.nettrace.platform.Service;
import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** The settings of events as beans. */
@Service
public class EventBeans implements Configured {
  @Override
  public List<Setting<?>> settings() {
    return EventConfig.SETTINGS;
  }

  @Produces
  @Singleton
  EventConfig config(Settings settings) {
    return EventConfig.from(settings);
  }
}
