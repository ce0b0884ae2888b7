package io.nettrace.platform;

import io.nettrace.platform.secret.Secrets;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** What the platform gives to all components. */
@Service
public class PlatformBeans implements Configured {

  @Override
  public List<Setting<?>> settings() {
    return Stream.of(PlatformConfig.SETTINGS, DatabaseConfig.SETTINGS, PublicAddress.SETTINGS)
        .<Setting<?>>flatMap(List::stream)
        .toList();
  }

  @Produces
  @Singleton
  Settings configured() {
    Config config = ConfigProvider.getConfig();
    return new Settings(name -> config.getOptionalValue(name, String.class));
  }

  @Produces
  @Singleton
  PlatformConfig config(Settings settings) {
    return PlatformConfig.from(settings);
  }

  @Produces
  @Singleton
  PublicAddress publicAddress(Settings settings) {
    return PublicAddress.from(settings);
  }

  @Produces
  @Singleton
  Secrets secrets(PlatformConfig config) {
    return new Secrets(config.data());
  }

  /** What operators see at /metrics; each part adds what it counts. */
  @Produces
  @Singleton
  PrometheusRegistry metrics() {
    return new PrometheusRegistry();
  }

  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }
}
