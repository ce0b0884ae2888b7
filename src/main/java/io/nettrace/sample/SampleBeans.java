package io.nettrace.sample;

import io.nettrace.platform.Configured;
import io.nettrace.platform.Service;
import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;

/** This component's settings, as beans. */
@Service
public class SampleBeans implements Configured {

  @Override
  public List<Setting<?>> settings() {
    return Stream.of(SampleConfig.SETTINGS, RetentionConfig.SETTINGS, ReadConfig.SETTINGS)
        .<Setting<?>>flatMap(List::stream)
        .toList();
  }

  @Produces
  @Singleton
  SampleConfig config(Settings settings) {
    return SampleConfig.from(settings);
  }

  @Produces
  @Singleton
  RetentionConfig retention(Settings settings) {
    return RetentionConfig.from(settings);
  }

  @Produces
  @Singleton
  ReadConfig reading(Settings settings) {
    return ReadConfig.from(settings);
  }

  /** Shared, so that whoever makes a partition spares the others to look for it. */
  @Produces
  @Singleton
  Partitions partitions() {
    return new Partitions();
  }
}
