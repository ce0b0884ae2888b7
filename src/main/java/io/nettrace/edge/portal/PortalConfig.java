package io.nettrace.edge.portal;

import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the portal lets one address do, and who runs it.
 *
 * @param formsPerMinute forms that one address may send in a minute
 * @param pagesPerMinute pages made for it that one address without a session may ask for in a
 *     minute
 * @param operators e-mail addresses, in lower case, of the people who see the operator's console
 */
public record PortalConfig(int formsPerMinute, int pagesPerMinute, Set<String> operators) {
  private static final Setting<Integer> FORMS_PER_MINUTE =
      Setting.integer(
          "nettrace.portal.forms-per-minute",
          120,
          1,
          1_000_000,
          "How many forms of the portal one address may send in a minute.");
  private static final Setting<Integer> PAGES_PER_MINUTE =
      Setting.integer(
          "nettrace.portal.pages-per-minute",
          240,
          1,
          1_000_000,
          "How many pages one address may ask for in a minute without a session, beside those that"
              + " are kept ready for everybody.");
  private static final Setting<Set<String>> OPERATORS =
      new Setting<>(
          "nettrace.portal.operators",
          "",
          "e-mail addresses, with commas between",
          "Accounts that see the operator's console once they have signed in with a second factor.",
          PortalConfig::addresses);

  /** Read by the server itself, in web.xml. */
  private static final Setting<String> STAGE =
      Setting.choice(
          "nettrace.portal.stage",
          "Production",
          List.of("Production", "Development"),
          "In Development pages are read anew when their files change; for those who write them.");

  public static final List<Setting<?>> SETTINGS =
      List.of(FORMS_PER_MINUTE, PAGES_PER_MINUTE, OPERATORS, STAGE);

  public static PortalConfig from(Settings settings) {
    return new PortalConfig(
        settings.get(FORMS_PER_MINUTE), settings.get(PAGES_PER_MINUTE), settings.get(OPERATORS));
  }

  private static Set<String> addresses(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(address -> address.strip().toLowerCase(Locale.ROOT))
        .filter(address -> !address.isEmpty())
        .map(PortalConfig::address)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String address(String text) {
    if (!text.matches("[^@\\s]+@[^@\\s]+")) {
      throw new IllegalArgumentException(text + " is no e-mail address");
    }
    return text;
  }
}
