package io.nettrace.platform.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameTextTest {
  private static final int MOST = 100;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Alice",
        "a",
        "Ünïcödé",
        "株式会社",
        "山田\u3000太郎",
        "می\u200cخواهم",
        "نامه\u200cای",
        "👨\u200d👩\u200d👧",
        "👩🏽\u200d🚀",
        "❤\uFE0F",
        "1\uFE0F\u20E3",
        "🏴\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F",
        "क\u094d\u200dष",
        "🇩🇪",
        "O'Brien & Söhne (GmbH)",
        "a\u00a0b",
        "葛\uDB40\uDD00",
        "±5 %"
      })
  void whatPeopleCallThingsIsTaken(String text) {
    assertThat(NameText.parse(text, MOST)).isInstanceOf(NameText.Good.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\u00a0",
        "\u3000",
        "\u3164",
        "\u115f",
        "\u1160",
        "\uffa0",
        "\u2800",
        "\ufe0f",
        "\u200d",
        "\u200b",
        "\u2060",
        "\ufeff",
        "\u00ad",
        "\u034f",
        "\u0301",
        "\u17b4",
        "\u180b",
        "a\u3164",
        "\u2800a",
        "a\u034fb",
        "Alice\u202emoc.knab",
        "a\u2066b",
        "a\u200eb",
        "a\u061cb",
        "a\u200bb",
        "a\u2028b",
        "a\u2029b",
        "a\ufeffb",
        "a\u00adb",
        "a\nb",
        "a\u0000b",
        "a\u0085b",
        "a\u007fb",
        "a\ud800b",
        "\udfff",
        "a\uffffb",
        "a\ufdd0b",
        "a\u0378b",
        "a\ue000b",
        "\uDB7F\uDFFF",
        "a\u200d",
        "\u200da",
        "a \u200cb",
        "a\u200c\u200cb",
        "\uDB40\uDC67",
        "a\uDB40\uDC67\uDB40\uDC7F",
        "🏴\uDB40\uDC67",
        "\u0301a",
        " \u0301",
        "a \ufe0f"
      })
  void whatCannotBeSeenOrTurnsOthersAroundIsRefused(String text) {
    assertThat(NameText.parse(text, MOST)).isInstanceOf(NameText.Bad.class);
  }

  @Test
  void aHundredCharactersAreAHundredWhateverTheyTakeInMemory() {
    assertThat(NameText.parse("😀".repeat(MOST), MOST)).isInstanceOf(NameText.Good.class);
    assertThat(NameText.parse("e\u0301".repeat(MOST), MOST))
        .isEqualTo(new NameText.Good("é".repeat(MOST)));
    assertThat(NameText.parse("😀".repeat(MOST + 1), MOST))
        .isEqualTo(new NameText.Bad("must be 1 to 100 characters; it has 101"));
  }

  @Test
  void spacesAroundANameAreNoPartOfIt() {
    assertThat(NameText.parse("\u00a0 Alice\u3000\t", MOST)).isEqualTo(new NameText.Good("Alice"));
  }

  @Test
  void marksDoNotGrowWithoutEnd() {
    assertThat(NameText.parse("a" + "\u0301".repeat(80), MOST).bad()).isPresent();
    assertThat(NameText.parse("q\u0301\u0302\u0303", MOST).good()).isPresent();
  }

  @Test
  void aRefusalNamesTheCharacter() {
    assertThat(NameText.parse("Alice\u202e", MOST).bad())
        .contains("must be 1 to 100 characters; one cannot be shown (U+202E)");
  }
}
