package io.nettrace.tenant;

import io.nettrace.platform.Configured;
import io.nettrace.platform.Service;
import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** This component's settings, as beans. */
@Service
public class TenantBeans implements Configured {

  @Override
  public List<Setting<?>> settings() {
    return TenantConfig.SETTINGS;
  }

  @Produces
  @Singleton
  TenantConfig config(Settings settings) {
    return TenantConfig.from(settings);
  }
}
