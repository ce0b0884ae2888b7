package io.nettrace.platform.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainNameTest {
  @ParameterizedTest
  @CsvSource({
    "straße.münchen.de, xn--strae-oqa.xn--mnchen-3ya.de",
    "STRAẞE.de, xn--strae-oqa.de",
    "faß.example.com, xn--fa-hia.example.com",
    "ß.de, xn--zca.de",
    "βόλος.com, xn--nxasmm1c.com",
    "βόλοσ.com, xn--nxasmq6b.com",
    "xn--strae-oqa.de, xn--strae-oqa.de",
    "xn--fa-hia.de, xn--fa-hia.de",
    "xn--nxasmm1c.com, xn--nxasmm1c.com",
    "xn--80ak6aa92e.com, xn--80ak6aa92e.com",
    "xn--ls8h.la, xn--ls8h.la",
    "xn--mgba3gch31f060k.com, xn--mgba3gch31f060k.com",
    "نامه\u200cای.com, xn--mgba3gch31f060k.com",
    "Bücher.Example, xn--bcher-kva.example",
    "例え。jp, xn--r8jz45g.jp",
    "WWW.Example.COM, www.example.com"
  })
  void aNameIsReadAsBrowsersReadIt(String text, String ascii) {
    assertThat(DomainName.parse(text)).isEqualTo(new DomainName.Good(ascii));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a..b",
        "xn--a.example",
        "xn--.example",
        "-a.example",
        "a\u0300\u200d.example",
        "\u0301a.com",
        "a b.com",
        "a_b.com",
        "a\u200cb.com",
        "ab--cd.example",
        "\ud800.com",
        "א1a.com",
        "xn--strasse-oqa\u00df.de"
      })
  void whatIsNoNameIsRefused(String text) {
    assertThat(DomainName.parse(text)).isInstanceOf(DomainName.Bad.class);
  }
}
