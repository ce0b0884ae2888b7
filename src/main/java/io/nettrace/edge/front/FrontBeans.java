package io.nettrace.edge.front;

import io.nettrace.platform.Configured;
import io.nettrace.platform.Service;
import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import io.nettrace.platform.web.WebConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;

/** The settings of all doors to the web, as a bean. */
@Service
public class FrontBeans implements Configured {
  @Override
  public List<Setting<?>> settings() {
    return Stream.of(WebConfig.PORTS, WebConfig.SETTINGS).flatMap(List::stream).toList();
  }

  @Produces
  @Singleton
  public WebConfig config(Settings settings) {
    return WebConfig.from(settings);
  }
}
