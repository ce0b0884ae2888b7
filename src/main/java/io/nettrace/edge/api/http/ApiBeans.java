package io.nettrace.edge.api.http;

import io.nettrace.platform.Configured;
import io.nettrace.platform.Service;
import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import io.nettrace.platform.secret.Secrets;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/** This component's settings and cursors, as beans. */
@Service
public class ApiBeans implements Configured {
  private static final String SECRET_FILE = "cursor-secret";

  @Override
  public List<Setting<?>> settings() {
    return ApiConfig.SETTINGS;
  }

  @Produces
  @Singleton
  public ApiConfig config(Settings settings) {
    return ApiConfig.from(settings);
  }

  @Produces
  @Singleton
  public Cursors cursors(ApiConfig config, Secrets secrets, Clock clock) {
    return new Cursors(secrets.obtain(config.cursorSecret(), SECRET_FILE), clock);
  }
}
