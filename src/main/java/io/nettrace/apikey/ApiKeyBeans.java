package io.nettrace.apikey;

import io.nettrace.platform.Configured;
import io.nettrace.platform.Service;
import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import io.nettrace.platform.secret.Secrets;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** This component's settings and pepper, as beans. */
@Service
public class ApiKeyBeans implements Configured {
  private static final String PEPPER_FILE = "apikey-pepper";

  @Override
  public List<Setting<?>> settings() {
    return ApiKeyConfig.SETTINGS;
  }

  @Produces
  @Singleton
  ApiKeyConfig config(Settings settings) {
    return ApiKeyConfig.from(settings);
  }

  @Produces
  @Singleton
  KeyDigest digest(ApiKeyConfig config, Secrets secrets) {
    return new KeyDigest(secrets.obtain(config.pepper(), PEPPER_FILE));
  }
}
