package io.nettrace.edge.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagsTest {
  private static final String TAG = "abc";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"abc\"",
        "W/\"abc\"",
        "\"abc-gzip\"",
        "*",
        " * ",
        "\"x\", \"abc\"",
        "\"abc\",\"x\"",
        "\"a,b\", \"abc\"",
        ", ,\"abc\",,",
        "\"x\"\t,\t\"abc\"",
        "\"\", \"abc\"",
        "\"abc\" , \"x\""
      })
  void aListThatHoldsTheTagMatches(String header) {
    assertThat(EntityTags.parse(header).matching(TAG)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ",",
        "abc",
        "\"abc",
        "abc\"",
        "\"xabcy\"",
        "\"a,abc,b\"",
        "'abc'",
        "w/\"abc\"",
        "\"x\" \"abc\"",
        "\"x\", abc",
        "\"abc\" x",
        "\"abc\"; q=1",
        "*, \"abc\"",
        "\"a bc\"",
        "W/ \"abc\"",
        "\"abc-gzip-gzip\"",
        "\"abc\u0001\""
      })
  void anyOtherTagAndWhateverIsNoListDoesNot(String header) {
    assertThat(EntityTags.parse(header).matching(TAG)).isEmpty();
  }

  @Test
  void aChangeMayNameSeveralVersionsOneOfWhichIsThePresentOne() {
    for (String list :
        new String[] {
          "\"v3\", \"v4\"", "\"v4\", \"v3\"", "\"a,b\", \"v4\"", "W/\"v4\"", "\"v4-gzip\""
        }) {
      assertThat(Versions.needed(list, () -> 4)).as(list).isEqualTo(4);
      assertThat(Versions.given(list, () -> OptionalInt.of(4))).as(list).hasValue(4);
    }
    for (String stale :
        new String[] {
          "\"v3\"", "\"v04\"", "\"v3\", \"v5\"", "v4", "\"v4", "\"v+4\"", "\"xv4\"", ""
        }) {
      Assertions.assertThatThrownBy(() -> Versions.needed(stale, () -> 4))
          .as(stale)
          .isInstanceOfSatisfying(
              RefusalException.class,
              refused -> assertThat(refused.problem().status()).isEqualTo(412));
    }
    Assertions.assertThatThrownBy(() -> Versions.needed("*", () -> 4))
        .isInstanceOfSatisfying(
            RefusalException.class,
            refused -> assertThat(refused.problem().status()).isEqualTo(428));
    assertThat(Versions.given("*", () -> OptionalInt.of(4))).isEmpty();
    assertThat(Versions.given(null, () -> OptionalInt.of(4))).isEmpty();
  }
}
