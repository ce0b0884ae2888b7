package io.nettrace.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
    String most =
        IntStream.range(0, 16)
            .mapToObj(i -> "slate" + (char) ('a' + i) + "r ")
            .collect(Collectors.joining());
    assertThat(alone(most)).isEqualTo(new PasswordVerdict.Acceptable());
    assertThat(alone(most + "x")).isEqualTo(new PasswordVerdict.TooLong(128));
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
        "passwordpassword",
        "wet slate roof wet slate roof ",
        "qwertyuiop123456",
        "0987654321poiuytrewq",
        "1qaz2wsx3edc4rfv",
        "sunshineqwerty12345",
        "michaeljackson",
        "manchesterunited",
        "liverpoolfc",
        "11111111",
        "abababab"
      })
  void whatIsTriedFirstIsRefused(String password) {
    assertThat(second(password)).isEqualTo(new PasswordVerdict.Common());
  }

  @Test
  void passphrasesWithARunOrARepeatedWordInThemAreFine() {
    for (String password :
        List.of(
            "correct horse battery staple",
            "asdf is where my fingers rest",
            "row row row your boat gently",
            "830275610394857",
            "a lantern over wet slate",
            "eleven herons on a gate")) {
      assertThat(alone(password)).as(password).isEqualTo(new PasswordVerdict.Acceptable());
    }
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
