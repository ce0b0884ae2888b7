package io.nettrace.platform.crypto;

import io.nettrace.platform.Configured;
import io.nettrace.platform.Service;
import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import io.nettrace.platform.secret.Secrets;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The installation's keys, as a bean. */
@Service
public class CryptoBeans implements Configured {
  private static final String FIRST_FILE = "identity-secret-key";
  private static final int LEAST = 32;
  private static final Setting<Optional<String>> FIRST_KEY =
      Setting.optionalText(
          "nettrace.identity.secret-key",
          "at least 32 characters",
          LEAST,
          "The installation's first key, which wraps the keys that secrets are sealed with; all"
              + " nodes need the same one. Unset: made at first start and kept in"
              + " <nettrace.data>/identity-secret-key.");
  private static final Setting<Optional<String>> KEY =
      Setting.optionalText(
          "nettrace.crypto.key",
          "at least 32 characters",
          LEAST,
          "The installation's key instead of its first one: data keys are wrapped with it within"
              + " an hour of the start. The first one stays as it is.");
  private static final Setting<Optional<String>> PREVIOUS_KEY =
      Setting.optionalText(
          "nettrace.crypto.previous-key",
          "at least 32 characters",
          LEAST,
          "What nettrace.crypto.key was before, until every data key is wrapped with the new one.");
  public static final List<Setting<?>> SETTINGS = List.of(FIRST_KEY, KEY, PREVIOUS_KEY);

  @Override
  public List<Setting<?>> settings() {
    return SETTINGS;
  }

  @Produces
  @Singleton
  InstallationKeys keys(Settings settings, Secrets secrets) {
    String first = secrets.obtain(settings.get(FIRST_KEY), FIRST_FILE);
    List<String> earlier =
        Stream.concat(settings.get(PREVIOUS_KEY).stream(), Stream.of(first)).toList();
    return new InstallationKeys(settings.get(KEY).orElse(first), earlier);
  }
}
