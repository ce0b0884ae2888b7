package io.nettrace.scanner;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.scanner.HostRules.Host;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HostRulesTest {

  @ParameterizedTest
  @CsvSource({
    "www.example.com, www.example.com",
    "WWW.Example.COM, www.example.com",
    "a.b, a.b",
    "1.example.com, 1.example.com",
    "1password.com, 1password.com",
    "xn--bcher-kva.example.com, xn--bcher-kva.example.com",
    "Bücher.example.com, xn--bcher-kva.example.com",
    "例え.jp, xn--r8jz45g.jp",
  })
  void aPublicNameIsReadAsItsALabels(String text, String name) {
    assertThat(HostRules.read(text)).isEqualTo(new Host.Name(name));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "0.0.0.0, 0.0.0.0",
    "255.255.255.255, 255.255.255.255",
    "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
    "2001:db8::0001, 2001:db8::1",
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "2001:db8:0:1:0:0:1:1, 2001:db8:0:1::1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "1:0:2:3:4:5:6:7, 1:0:2:3:4:5:6:7",
  })
  void anAddressIsReadInItsOnePlainForm(String text, String canonical) {
    assertThat(HostRules.read(text))
        .isInstanceOfSatisfying(
            Host.Literal.class, literal -> assertThat(literal.text()).isEqualTo(canonical));
  }

  static Stream<String> attacks() {
    return Stream.of(
        "",
        " ",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "127.1",
        "127.0.1",
        "0177.0.0.1",
        "00.0.0.0",
        "127.0.0.01",
        "127.0.0.1.",
        "127.0.0.256",
        "127.0.0.1.5",
        "127.0.0.0x1",
        "1.2.3.4.0x",
        "１２７.0.0.1",
        "127。0。0。1",
        "①②⑦.0.0.1",
        "www.example.com.",
        "www.example.com..",
        ".example.com",
        "www..example.com",
        "localhost",
        "LOCALHOST",
        "app.localhost",
        "ｌocalhost.localhost",
        "printer.local",
        "db.internal",
        "metadata.google.internal",
        "nas.lan",
        "nas.home",
        "x.corp",
        "1.0.0.127.in-addr.arpa",
        "x.onion",
        "x.test",
        "x.invalid",
        "example",
        "www.example.com:443",
        "user@example.com",
        "user:pass@example.com",
        "http://example.com",
        "example.com/path",
        "example.com?x",
        "example.com#x",
        "example.com%00",
        "example.com\u0000.evil.com",
        "example.com\n",
        "exam ple.com",
        "exam\tple.com",
        "example.com\u00a0",
        "example\u200b.com",
        "exa\u202emple.com",
        "ｅｘａｍｐｌｅ.com",
        "exa_mple.com",
        "-a.example.com",
        "a-.example.com",
        "ab--cd.example.com",
        "xn--.example.com",
        "xn--a.example.com",
        "*.example.com",
        "a,b.example.com",
        "a;b.example.com",
        "$(id).example.com",
        "'.example.com",
        "\"x\".example.com",
        "<b>.example.com",
        "..",
        ".",
        "../etc/passwd",
        "a".repeat(64) + ".example.com",
        "a.".repeat(126) + "com",
        "a".repeat(10_000),
        "[::1]",
        "[2001:db8::1]:443",
        "fe80::1%eth0",
        "fe80::1%25eth0",
        "::ffff:127.0.0.1",
        "::ffff:7f00:1",
        "::127.0.0.1",
        "2001:db8::1::2",
        "2001:db8:1",
        "12345::1",
        ":::",
        "1:2:3:4:5:6:7:8:9",
        "2001:db8::/32",
        "::1 ");
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void whateverSomebodyMightReadInAnotherWayIsRefused(String text) {
    assertThat(HostRules.read(text))
        .as("read of '%s'", text)
        .isInstanceOfSatisfying(
            Host.Refused.class, refused -> assertThat(refused.reason()).isNotBlank());
  }

  @Test
  void aNameOfTheLongestLengthIsRead() {
    String longest = ("a".repeat(63) + ".").repeat(3) + "b".repeat(57) + ".com";
    assertThat(longest).hasSize(253);
    assertThat(HostRules.read(longest)).isEqualTo(new Host.Name(longest));
  }
}
