package io.nettrace.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24,        192.0.2.255,       192.0.3.0",
    "192.0.2.7,           192.0.2.7,         192.0.2.8",
    "198.51.100.128/25,   198.51.100.128,    198.51.100.127",
    "0.0.0.0/0,           255.255.255.255,   ::1",
    "2001:db8::/32,       2001:db8:ffff::1,  2001:db9::",
    "2001:db8:0:1::/64,   2001:db8:0:1::9,   2001:db8:0:2::",
    "2001:db8::8000:0:0:0/65, 2001:db8::8000:0:0:1, 2001:db8::7fff:0:0:0",
    "2001:db8::1,         2001:db8::1,       2001:db8::2",
    "::ffff:192.0.2.0/120, 192.0.2.9,        192.0.3.9",
    "::1/128,             ::1,               0.0.0.1",
  })
  void aNetworkHoldsItsAddressesAndNoOthers(String range, String inside, String outside) {
    assertThat(Cidr.parse(range).contains(InetAddress.ofLiteral(inside))).isTrue();
    assertThat(Cidr.parse(range).contains(InetAddress.ofLiteral(outside))).isFalse();
  }

  @Test
  void anIpv4AddressAndItsMappedFormAreTheSame() throws UnknownHostException {
    byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) 192, 0, 2, 9};
    InetAddress sixteenBytes = Inet6Address.getByAddress(null, mapped, 0);
    assertThat(sixteenBytes.getAddress()).hasSize(16);
    assertThat(Cidr.parse("192.0.2.0/24").contains(sixteenBytes)).isTrue();
    assertThat(Cidr.parse("192.0.2.0/24"))
        .isEqualTo(Cidr.parse("::ffff:192.0.2.0/120"))
        .hasSameHashCodeAs(Cidr.parse("::ffff:c000:200/120"));
  }

  @Test
  void everybodyIsEverybody() {
    assertThat(Cidr.parse("::/0").contains(InetAddress.ofLiteral("192.0.2.9"))).isTrue();
    assertThat(Cidr.parse("::/0").contains(InetAddress.ofLiteral("2001:db8::"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/24",
        "192.0.2.0/",
        "192.0.2.0/33",
        "192.0.2.0/-1",
        "192.0.2.0/024",
        "192.0.2.1/24",
        "192.0.2/24",
        "1",
        "127.1",
        "010.0.0.1",
        "256.0.0.1",
        "2001:db8::1/32",
        "2001:db8::/129",
        "fe80::1%eth0",
        "::1%1/128",
        "example.com",
        "[::1]",
        ":::",
        "1:2:3",
        "192.0.2.0/24 ",
        " 192.0.2.0",
        "192.0.2.0/24/24",
        "0x7f.0.0.1",
        "::ffff:192.0.2.0/24",
        "2001:db8:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000/32",
      })
  void whatIsNoNetworkIsRefused(String text) {
    assertThatThrownBy(() -> Cidr.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
