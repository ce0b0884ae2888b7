package io.nettrace.identity;

import io.nettrace.platform.Configured;
import io.nettrace.platform.Service;
import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.Semaphore;

/** This component's settings and password function, as beans. */
@Service
public class IdentityBeans implements Configured {
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
  PasswordHashes hashes(IdentityConfig config) {
    return new PasswordHashes(PasswordHashes.MEMORY_KIB, new Semaphore(config.hashesAtOnce()));
  }
}
