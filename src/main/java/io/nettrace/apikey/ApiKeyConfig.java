package io.nettrace.apikey;

import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How keys are kept.
 *
 * @param pepper what digests are made with; empty means one is made and kept in the data folder
 * @param demo issue a key at first start
 * @param mostLive how many live keys a tenant may have, whatever its plan allows
 * @param longestLife how far ahead an expiry may be
 */
public record ApiKeyConfig(
    Optional<String> pepper, boolean demo, int mostLive, Duration longestLife) {
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
          "Issue a key of the demo tenant when it has none at start, and write it to"
              + " <nettrace.data>/demo-api-key.");
  private static final Setting<Integer> MOST_LIVE =
      Setting.integer(
          "nettrace.apikey.most",
          100,
          1,
          10_000,
          "How many live keys a tenant may have at most, whatever its plan allows.");
  private static final Setting<Duration> LONGEST_LIFE =
      Setting.duration(
          "nettrace.apikey.longest-life",
          "365d",
          "1d",
          "1095d",
          "How far ahead the expiry of a new key may be; it is so far when nobody says.");
  public static final List<Setting<?>> SETTINGS = List.of(PEPPER, DEMO, MOST_LIVE, LONGEST_LIFE);

  public static ApiKeyConfig from(Settings settings) {
    return new ApiKeyConfig(
        settings.get(PEPPER),
        settings.get(DEMO).equals("true"),
        settings.get(MOST_LIVE),
        settings.get(LONGEST_LIFE));
  }
}
