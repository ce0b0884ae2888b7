package io.nettrace.scanner;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.scanner.AddressPolicy.Judgement;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {
  private static final InetAddress OURS = InetAddress.ofLiteral("93.184.216.34");
  private static final AddressPolicy INTERNET = AddressPolicy.ofInternet(() -> Set.of(OURS));
  private static final AddressPolicy LAB =
      AddressPolicy.ofLab(() -> Set.of(InetAddress.ofLiteral("198.18.0.1")));

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, this network",
    "0.1.2.3, this network",
    "10.0.0.1, private",
    "100.64.0.1, shared",
    "100.127.255.254, shared",
    "100.100.100.200, metadata",
    "127.0.0.1, loopback",
    "127.255.255.254, loopback",
    "168.63.129.16, metadata",
    "169.254.0.1, link-local",
    "169.254.169.254, metadata",
    "169.254.170.2, metadata",
    "172.16.0.1, private",
    "172.31.255.255, private",
    "192.0.0.192, metadata",
    "192.0.0.9, protocol",
    "192.0.2.1, documentation",
    "192.88.99.1, reserved",
    "192.168.1.1, private",
    "198.18.0.1, benchmarks",
    "198.19.255.255, benchmarks",
    "198.51.100.7, documentation",
    "203.0.113.7, documentation",
    "224.0.0.1, multicast",
    "239.255.255.250, multicast",
    "240.0.0.1, reserved",
    "255.255.255.255, broadcast",
    "93.184.216.34, our own",
    "::, unspecified",
    "::1, loopback",
    "::7f00:1, disguise",
    "::ffff:0:7f00:1, disguise",
    "100::1, discard",
    "2001:2::1, benchmarks",
    "2001:10::1, hash",
    "2001:2f::1, hash",
    "2001:db8::1, documentation",
    "3fff:fff::1, documentation",
    "fc00::1, private",
    "fdff::1, private",
    "fd00:ec2::254, metadata",
    "fd20:ce::254, metadata",
    "fe80::1, link-local",
    "fec0::1, site-local",
    "ff02::1, multicast",
    "4000::1, unassigned",
    "5f00::1, unassigned",
    "64:ff9b::7f00:1, tunnel to an address that is loopback",
    "64:ff9b::a9fe:a9fe, tunnel to an address that is a cloud",
    "64:ff9b::5db8:d822, tunnel to one of our own",
    "64:ff9b:1::1, translator",
    "2002:7f00:1::1, tunnel to an address that is loopback",
    "2002:c0a8:101::1, tunnel to an address that is private",
    "2002:5db8:d822::1, tunnel to one of our own",
    "2001:0:a00:1::1, tunnel to an address that is private",
    "2001:0:808:808:0:0:80ff:fffe, tunnel to an address that is loopback",
    "2600::5efe:a00:1, tunnel to an address that is private",
    "2600::200:5efe:c0a8:101, tunnel to an address that is private",
  })
  void noTenantHasUsProbe(String address, String reason) {
    assertThat(INTERNET.judge(InetAddress.ofLiteral(address)))
        .isInstanceOfSatisfying(
            Judgement.Refused.class, refused -> assertThat(refused.reason()).contains(reason));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2600::1",
        "2a00:1450:4001:800::200e",
        "2001:4860:4860::8888",
        "64:ff9b::808:808",
        "2002:808:808::1",
        "2001:0:808:808:0:0:f7f7:f7f7",
      })
  void thePublicInternetIsFree(String address) {
    assertThat(INTERNET.judge(InetAddress.ofLiteral(address)))
        .isInstanceOf(Judgement.Allowed.class);
  }

  @Test
  void oneForbiddenAddressRefusesTheWholeAnswer() {
    List<InetAddress> answer =
        List.of(InetAddress.ofLiteral("1.1.1.1"), InetAddress.ofLiteral("10.0.0.1"));
    assertThat(INTERNET.judge(answer)).isInstanceOf(Judgement.Refused.class);
    assertThat(INTERNET.judge(answer.subList(0, 1))).isInstanceOf(Judgement.Allowed.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"198.19.0.7", "203.0.113.7", "2001:db8::7"})
  void inTheLabItsOwnNetworkIsFree(String address) {
    assertThat(LAB.judge(InetAddress.ofLiteral(address))).isInstanceOf(Judgement.Allowed.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.1.1.1", "127.0.0.1", "10.0.0.1", "198.18.0.1", "::1", "2600::1"})
  void inTheLabNothingElseIs(String address) {
    assertThat(LAB.judge(InetAddress.ofLiteral(address))).isInstanceOf(Judgement.Refused.class);
  }

  @Test
  void aMappedAddressIsJudgedAsWhatItIs() throws Exception {
    byte[] mapped = new byte[16];
    mapped[10] = mapped[11] = (byte) 0xff;
    mapped[12] = 127;
    mapped[15] = 1;
    assertThat(INTERNET.judge(InetAddress.getByAddress(mapped)))
        .isInstanceOf(Judgement.Refused.class);
  }
}
