package io.nettrace.apikey;

import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import java.util.List;
import java.util.Optional;

/**
 * How keys are kept.
 *
 * @param pepper what digests are made with; empty means one is made and kept in the data folder
 * @param demo issue a key at first start
 */
public record ApiKeyConfig(Optional<String> pepper, boolean demo) {
  private static final Setting<Optional<String>> PEPPER =
      Setting.optionalText(
          "nettrace.apikey.pepper",
          "at least 32 characters",
          32,
          "What key digests are made with; all nodes need the same one. Unset: made at first start"
              + " and kept in <nettrace.data>/apikey-pepper. Whoever changes it withdraws all"
              + " keys.");
  private static final Setting<String> DEMO =
      Setting.choice(
          "nettrace.apikey.demo",
          "true",
          List.of("true", "false"),
          "Issue a key when there is none at start, and write it to <nettrace.data>/demo-api-key.");
  public static final List<Setting<?>> SETTINGS = List.of(PEPPER, DEMO);

  public static ApiKeyConfig from(Settings settings) {
    return new ApiKeyConfig(settings.get(PEPPER), settings.get(DEMO).equals("true"));
  }
}
