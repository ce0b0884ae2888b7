package io.nettrace.sample;

import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import io.nettrace.scan.VantagePoint;
import java.util.List;
import java.util.Optional;

/**
 * How the record is read where a reader leaves something out.
 *
 * @param vantagePoint name of the default one
 */
public record ReadConfig(Optional<String> vantagePoint) {
  private static final Setting<Optional<String>> VANTAGE_POINT =
      new Setting<>(
          "nettrace.vantage-point.default",
          "",
          "a vantage point's name, 1 to 63 of a-z, 0-9 and -",
          "Whose measurements are shown where none is named and the tenant has no default of its"
              + " own. Unset, or while it has measured nothing for a day: the first by name of"
              + " those that measure.",
          ReadConfig::name);
  public static final List<Setting<?>> SETTINGS = List.of(VANTAGE_POINT);

  static ReadConfig from(Settings settings) {
    return new ReadConfig(settings.get(VANTAGE_POINT));
  }

  private static Optional<String> name(String text) {
    if (!text.isEmpty() && !VantagePoint.isName(text)) {
      throw new IllegalArgumentException("it is no vantage point's name");
    }
    return Optional.of(text).filter(name -> !name.isEmpty());
  }
}
