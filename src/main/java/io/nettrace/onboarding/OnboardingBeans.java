package io.nettrace.onboarding;

import io.nettrace.platform.Configured;
import io.nettrace.platform.Service;
import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** This component's settings, as beans. */
@Service
public class OnboardingBeans implements Configured {

  @Override
  public List<Setting<?>> settings() {
    return OnboardingConfig.SETTINGS;
  }

  @Produces
  @Singleton
  OnboardingConfig config(Settings settings) {
    return OnboardingConfig.from(settings);
  }
}
