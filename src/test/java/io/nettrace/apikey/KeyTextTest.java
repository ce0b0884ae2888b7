package io.nettrace.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class KeyTextTest {
  private static final String KEY = KeyText.random(KeyKind.LIVE, new SecureRandom());

  @Test
  void aKeyHasItsPrefixThirtyRandomCharactersAndSixOfCheck() {
    assertThat(KEY).matches("ntk_live_[0-9A-Za-z]{36}");
    assertThat(KeyText.isWellFormed(KEY)).isTrue();
  }

  @Test
  void theCheckIsTheCrc32InBase62() {
    // CRC-32 of thirty zeroes is 0x77e5db82, worked out by an independent program
    assertThat(KeyText.isWellFormed("ntk_live_" + "0".repeat(30) + "2C8GjS")).isTrue();
  }

  @Test
  void everyMistypedCharacterIsNoticed() {
    for (int i = 0; i < KEY.length(); i++) {
      char other = KEY.charAt(i) == 'x' ? 'y' : 'x';
      String mistyped = KEY.substring(0, i) + other + KEY.substring(i + 1);
      assertThat(KeyText.isWellFormed(mistyped)).as(mistyped).isFalse();
    }
  }

  @Test
  void whatIsCutOffOrTooLongIsNoKey() {
    assertThat(KeyText.isWellFormed(KEY.substring(1))).isFalse();
    assertThat(KeyText.isWellFormed(KEY + "0")).isFalse();
    assertThat(KeyText.isWellFormed("")).isFalse();
    assertThat(KeyText.isWellFormed("ntk_live_".repeat(100_000))).isFalse();
  }

  @Test
  void oddCharactersAreNoKey() {
    String start = "ntk_live_" + "0".repeat(29);
    for (String odd : new String[] {"\u0660", "\u0000", " ", "\u212a", "_"}) {
      assertThat(KeyText.isWellFormed(start + odd + "2C8GjS")).as(odd).isFalse();
    }
  }

  @Test
  void thePatternForScannersCoversBothKinds() {
    String test = KeyText.random(KeyKind.TEST, new SecureRandom());
    assertThat(test).startsWith("ntk_test_").matches(KeyText.PATTERN);
    assertThat(KEY).matches(KeyText.PATTERN);
    assertThat(KeyText.isWellFormed(test)).isTrue();
  }
}
