package io.nettrace.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {
  private final PasswordRules rules = new PasswordRules();

  @Test
  void alonePasswordsHaveFifteenCharactersWithASecondFactorEight() {
    assertThat(alone("wet slate roof")).isEqualTo(new PasswordVerdict.TooShort(15));
    assertThat(alone("wet slate roofs")).isEqualTo(new PasswordVerdict.Acceptable());
    assertThat(second("wet slat")).isEqualTo(new PasswordVerdict.Acceptable());
    assertThat(second("wet sla")).isEqualTo(new PasswordVerdict.TooShort(8));
  }

  @Test
  void charactersAreCountedAsPeopleCountThem() {
    assertThat(alone("🐢🐇🐁🐈🐕🐎🐖🐄🐑🐐🐓🦆🦢🦉🦚")).isEqualTo(new PasswordVerdict.Acceptable());
    // an e and its accent are one
    assertThat(alone("e\u0301abcdfghijklm")).isEqualTo(new PasswordVerdict.TooShort(15));
  }

  @Test
  void atMostHundredAndTwentyEightCharacters() {
    assertThat(alone("wet slate roofs ".repeat(8))).isEqualTo(new PasswordVerdict.Acceptable());
    assertThat(alone("wet slate roofs ".repeat(8) + "x"))
        .isEqualTo(new PasswordVerdict.TooLong(128));
    assertThat(alone("x".repeat(2_000_000))).isEqualTo(new PasswordVerdict.TooLong(128));
  }

  @Test
  void noCompositionIsAskedFor() {
    assertThat(alone("onlylowercaseletters")).isEqualTo(new PasswordVerdict.Acceptable());
    assertThat(alone("               wet")).isInstanceOf(PasswordVerdict.Common.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "Password",
        "PASSWORD123",
        "iloveyou2024",
        "qwertyuiop",
        "11111111",
        "abababab"
      })
  void whatIsTriedFirstIsRefused(String password) {
    assertThat(second(password)).isEqualTo(new PasswordVerdict.Common());
  }

  @Test
  void aCommonPasswordWithDigitsUpToTheLengthIsStillCommon() {
    assertThat(alone("password1234567")).isEqualTo(new PasswordVerdict.Common());
    assertThat(alone("aaaaaaaaaaaaaaaaaaaa")).isEqualTo(new PasswordVerdict.Common());
  }

  @Test
  void whatEverybodyCanKnowIsRefused() {
    assertThat(alone("my NetTrace password")).isEqualTo(new PasswordVerdict.Guessable("nettrace"));
    assertThat(alone("hello from Lovelace!")).isEqualTo(new PasswordVerdict.Guessable("lovelace"));
    assertThat(alone("acme corp is the best"))
        .isEqualTo(new PasswordVerdict.Guessable("acme corp"));
  }

  private PasswordVerdict alone(String password) {
    return rules.judge(password, context(false));
  }

  private PasswordVerdict second(String password) {
    return rules.judge(password, context(true));
  }

  private static PasswordContext context(boolean secondFactor) {
    return new PasswordContext(
        new EmailAddress("lovelace@example.org"), List.of("ACME Corp"), secondFactor);
  }
}
