package io.nettrace.edge.api.operator;

import io.nettrace.platform.Configured;
import io.nettrace.platform.Service;
import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import io.nettrace.platform.secret.Secrets;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** The operator's token, as a bean. */
@Service
public class OperatorBeans implements Configured {
  private static final Setting<Optional<String>> TOKEN =
      Setting.optionalText(
          "nettrace.operator.token",
          "at least 32 characters",
          32,
          "What an operator must present. Unset: made at first start and kept in"
              + " <nettrace.data>/operator-token, where the command nettrace finds it.");
  public static final List<Setting<?>> SETTINGS = List.of(TOKEN);

  @Override
  public List<Setting<?>> settings() {
    return SETTINGS;
  }

  @Produces
  @Singleton
  OperatorToken token(Settings settings, Secrets secrets) {
    return new OperatorToken(secrets.obtain(settings.get(TOKEN), OperatorToken.FILE));
  }
}
