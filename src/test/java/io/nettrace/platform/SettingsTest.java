package io.nettrace.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static final Setting<Integer> PACKETS =
      Setting.integer("nettrace.packets", 10, 1, 1000, "Probes.");
  private static final Setting<Duration> EVERY =
      Setting.duration("nettrace.every", "60s", "1s", "1h", "Cadence.");

  @Test
  void whatNobodySetHasItsStandardValue() {
    Settings settings = Settings.of(Map.of());
    assertThat(settings.get(PACKETS)).isEqualTo(10);
    assertThat(settings.get(EVERY)).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void durationsAreReadAsPeopleWriteThem() {
    assertThat(Durations.parse("500ms")).isEqualTo(Duration.ofMillis(500));
    assertThat(Durations.parse("15m")).isEqualTo(Duration.ofMinutes(15));
    assertThat(Durations.parse("7d")).isEqualTo(Duration.ofDays(7));
    assertThat(Durations.parse("PT15M")).isEqualTo(Duration.ofMinutes(15));
    assertThatThrownBy(() -> Durations.parse("soon")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRefusalIsASentenceWithNameValueReasonAndWhatIsAllowed() {
    Settings settings = Settings.of(Map.of("nettrace.packets", "2000"));
    assertThatThrownBy(() -> settings.get(PACKETS))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(
            "nettrace.packets is \"2000\" (it is out of range), but must be a whole number, 1 to"
                + " 1000.");
  }

  @Test
  void numbersBeyondAnyRangeAreNumbersAllTheSame() {
    Settings settings = Settings.of(Map.of("nettrace.packets", "99999999999999999999"));
    assertThatThrownBy(() -> settings.get(PACKETS)).hasMessageContaining("it is out of range");
  }

  @Test
  void aSecretIsNeverShown() {
    Setting<?> secret = Setting.optionalText("nettrace.secret", "at least 16 characters", 16, "S.");
    Settings settings = Settings.of(Map.of("nettrace.secret", "swordfish"));
    assertThatThrownBy(() -> settings.get(secret))
        .hasMessageContaining("nettrace.secret")
        .hasMessageContaining("16")
        .message()
        .doesNotContain("swordfish");
  }

  @Test
  void allBadValuesAreRefusedTogether() {
    Settings settings = Settings.of(Map.of("nettrace.packets", "many", "nettrace.every", "2h"));
    assertThatThrownBy(() -> settings.check(List.of(PACKETS, EVERY)))
        .hasMessageContaining("nettrace.packets")
        .hasMessageContaining("nettrace.every");
  }
}
