package io.nettrace.edge.api.idempotency;

import io.nettrace.platform.Configured;
import io.nettrace.platform.Service;
import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import io.nettrace.platform.secret.Secrets;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** This part's setting, and the secret as a bean. */
@Service
public class IdempotencyBeans implements Configured {
  private static final String SECRET_FILE = "idempotency-secret";

  @Override
  public List<Setting<?>> settings() {
    return IdempotencyConfig.SETTINGS;
  }

  @Produces
  @Singleton
  public IdempotencyConfig config(Settings settings) {
    return IdempotencyConfig.from(settings);
  }

  @Produces
  @Singleton
  KeyDerivation derivation(IdempotencyConfig config, Secrets secrets) {
    return new KeyDerivation(secrets.obtain(config.secret(), SECRET_FILE));
  }
}
