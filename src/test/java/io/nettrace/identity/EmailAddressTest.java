package io.nettrace.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {
  @ParameterizedTest
  @CsvSource({
    "'  Ada.Lovelace@Example.ORG ', Ada.Lovelace@example.org, ada.lovelace@example.org",
    "o'neil+tag@mail.example.co.uk, o'neil+tag@mail.example.co.uk, o'neil+tag@mail.example.co.uk",
    "jörg@x.de, '', ''",
    "info@bücher.example, info@xn--bcher-kva.example, info@xn--bcher-kva.example",
    "a@b.c, a@b.c, a@b.c",
  })
  void anAddressKeepsItsLocalPartAndGetsAnAsciiDomain(String typed, String text, String key) {
    if (text.isEmpty()) {
      assertThat(EmailAddress.parse(typed)).isInstanceOf(Parsed.Invalid.class);
    } else {
      assertThat(EmailAddress.parse(typed)).isEqualTo(new Parsed.Valid<>(new EmailAddress(text)));
      assertThat(new EmailAddress(typed).key()).isEqualTo(key);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "nobody",
        "@example.org",
        "a@",
        "a@localhost",
        "a@@example.org",
        "a b@example.org",
        "a@exa mple.org",
        ".a@example.org",
        "a..b@example.org",
        "a.@example.org",
        "a@-example.org",
        "a@example..org",
        "a@example.123",
        "a@[192.0.2.1]",
        "\"a b\"@example.org",
        "a@example.org\r\nBcc: eve@example.org",
        "a\u0000@example.org",
        "a@example.org,b@example.org",
        "<a@example.org>",
        "../etc@../passwd"
      })
  void whatIsNoAddressIsRefusedWithAReason(String typed) {
    assertThat(EmailAddress.parse(typed))
        .isInstanceOfSatisfying(
            Parsed.Invalid.class, invalid -> assertThat(invalid.reason()).isNotBlank());
  }

  @Test
  void lengthsAreBounded() {
    assertThat(EmailAddress.parse("a".repeat(64) + "@example.org"))
        .isInstanceOf(Parsed.Valid.class);
    assertThat(EmailAddress.parse("a".repeat(65) + "@example.org"))
        .isInstanceOf(Parsed.Invalid.class);
    assertThat(EmailAddress.parse("a@" + "b".repeat(64) + ".org"))
        .isInstanceOf(Parsed.Invalid.class);
    assertThat(EmailAddress.parse("a@" + "bcd.".repeat(63) + "org"))
        .isInstanceOf(Parsed.Invalid.class);
    assertThat(EmailAddress.parse("a@" + "x".repeat(5_000_000))).isInstanceOf(Parsed.Invalid.class);
  }
}
