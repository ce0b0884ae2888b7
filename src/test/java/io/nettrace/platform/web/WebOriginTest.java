package io.nettrace.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebOriginTest {

  @ParameterizedTest
  @CsvSource({
    "https://good.example, https://good.example",
    "HTTPS://Good.EXAMPLE, https://good.example",
    "https://good.example:443, https://good.example",
    "https://good.example:8443, https://good.example:8443",
    "https://intranet, https://intranet",
    "https://bücher.example, https://xn--bcher-kva.example",
    "https://xn--bcher-kva.example, https://xn--bcher-kva.example",
    "https://faß.example, https://xn--fa-hia.example",
    "http://localhost, http://localhost",
    "http://localhost:80, http://localhost",
    "http://localhost:3000, http://localhost:3000",
    "http://127.0.0.1:5173, http://127.0.0.1:5173",
    "http://[::1]:5173, http://[::1]:5173",
    "http://app.localhost:8080, http://app.localhost:8080"
  })
  void anOriginIsReadIntoTheFormThatBrowsersSend(String written, String sent) {
    assertThat(WebOrigin.parse(written)).isEqualTo(new WebOrigin.Good(sent));
    assertThat(WebOrigin.parse(sent)).isEqualTo(new WebOrigin.Good(sent));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "*",
        "https://",
        "https://*",
        "https://*.good.example",
        "good.example",
        "//good.example",
        "https://good.example/",
        "https://good.example/path",
        "https://good.example?query",
        "https://good.example#part",
        "https://good.example\\@evil.example",
        "https://user@good.example",
        "https://user:secret@good.example",
        "https://good.example:",
        "https://good.example:0",
        "https://good.example:65536",
        "https://good.example:99999999",
        "https://good.example:+443",
        "https://good.example:٤٤٣",
        "https://good.example.",
        "https://good..example",
        "https://.example",
        "https://good example",
        " https://good.example",
        "https://good.example\n",
        "https://good.example, https://evil.example",
        "https://good\u0000.example",
        "https://192.0.2.1",
        "https://0x7f.1",
        "https://2130706433",
        "https://[2001:db8::1]",
        "http://good.example",
        "http://localhost.evil.example",
        "http://127.0.0.2",
        "http://0.0.0.0",
        "ws://localhost",
        "file:///etc/passwd",
        "javascript://good.example",
        "data:text/html,x"
      })
  void whatIsNotOneExactEncryptedOriginIsRefusedWithAReason(String written) {
    assertThat(WebOrigin.parse(written))
        .isInstanceOfSatisfying(WebOrigin.Bad.class, bad -> assertThat(bad.reason()).isNotBlank());
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 10_000})
  void aTextThatIsTooLongIsRefusedBeforeItIsLookedAt(int length) {
    String text = "https://" + "a".repeat(length - "https://".length());
    assertThat(WebOrigin.parse(text)).isEqualTo(new WebOrigin.Bad("has more than 300 characters"));
  }
}
