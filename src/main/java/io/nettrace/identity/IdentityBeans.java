package io.nettrace.identity;

import io.nettrace.platform.Configured;
import io.nettrace.platform.Service;
import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import io.nettrace.platform.secret.Secrets;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** This component's settings, key and password function, as beans. */
@Service
public class IdentityBeans implements Configured {
  private static final String KEY_FILE = "identity-secret-key";

  @Override
  public List<Setting<?>> settings() {
    return IdentityConfig.SETTINGS;
  }

  @Produces
  @Singleton
  IdentityConfig config(Settings settings) {
    return IdentityConfig.from(settings);
  }

  @Produces
  @Singleton
  SecretBox secretBox(IdentityConfig config, Secrets secrets) {
    return new SecretBox(secrets.obtain(config.secretKey(), KEY_FILE));
  }

  @Produces
  @Singleton
  PasswordHashes hashes(IdentityConfig config) {
    return new PasswordHashes(PasswordHashes.MEMORY_KIB, config.hashesAtOnce());
  }
}
