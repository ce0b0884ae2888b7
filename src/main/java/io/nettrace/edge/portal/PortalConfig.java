package io.nettrace.edge.portal;

import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import java.util.List;

/**
 * What the portal lets one address do.
 *
 * @param formsPerMinute forms that one address may send in a minute
 */
public record PortalConfig(int formsPerMinute) {
  private static final Setting<Integer> FORMS_PER_MINUTE =
      Setting.integer(
          "nettrace.portal.forms-per-minute",
          120,
          1,
          1_000_000,
          "How many forms of the portal one address may send in a minute.");
  public static final List<Setting<?>> SETTINGS = List.of(FORMS_PER_MINUTE);

  public static PortalConfig from(Settings settings) {
    return new PortalConfig(settings.get(FORMS_PER_MINUTE));
  }
}
