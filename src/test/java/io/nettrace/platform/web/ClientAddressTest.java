package io.nettrace.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.metric.Cidr;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {
  private static final List<Cidr> PROXIES =
      List.of(Cidr.parse("10.0.0.0/8"), Cidr.parse("fd00::/8"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          192.0.2.1 | 198.51.100.7                      | 192.0.2.1
          10.0.0.1  |                                   | 10.0.0.1
          10.0.0.1  | 198.51.100.7                      | 198.51.100.7
          10.0.0.1  | 203.0.113.9, 198.51.100.7         | 198.51.100.7
          10.0.0.1  | 203.0.113.9, 198.51.100.7, 10.0.0.2 | 198.51.100.7
          10.0.0.1  | 198.51.100.7:4711                 | 198.51.100.7
          10.0.0.1  | [2001:db8::7]:4711                | 2001:db8:0:0:0:0:0:7
          10.0.0.1  | 198.51.100.7, unknown             | 10.0.0.1
          10.0.0.1  | 198.51.100.7, example.com, 10.0.0.2 | 10.0.0.2
          fd00::1   | 198.51.100.7                      | 198.51.100.7
          """)
  void theLastAddressThatIsNoTrustedProxyIsTheClient(
      String peer, String forwarded, String expected) {
    Map<String, List<String>> headers =
        forwarded == null ? Map.of() : Map.of("X-Forwarded-For", List.of(forwarded));
    assertThat(ClientAddress.of(request(peer, headers), PROXIES).text()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          for=198.51.100.7                                       | 198.51.100.7 | false
          for=198.51.100.7;proto=https;by=10.0.0.1               | 198.51.100.7 | true
          For="[2001:db8::7]:4711";Proto=HTTPS                   | 2001:db8:0:0:0:0:0:7 | true
          for=203.0.113.9;proto=https, for=198.51.100.7;proto=http | 198.51.100.7 | false
          for=_hidden                                            | 10.0.0.1 | false
          """)
  void theStandardHeaderIsReadByItsGrammar(String forwarded, String address, boolean isSecure) {
    ClientAddress client =
        ClientAddress.of(request("10.0.0.1", Map.of("Forwarded", List.of(forwarded))), PROXIES);
    assertThat(client).isEqualTo(new ClientAddress(address, isSecure));
  }

  @Test
  void whoIsNoTrustedProxyIsNotBelievedAboutTheSchemeEither() {
    var headers = Map.of("X-Forwarded-Proto", List.of("https"));
    assertThat(ClientAddress.of(request("192.0.2.1", headers), PROXIES).isSecure()).isFalse();
    assertThat(ClientAddress.of(request("10.0.0.1", headers), PROXIES).isSecure()).isTrue();
    assertThat(ClientAddress.of(request("10.0.0.1", headers), List.of()).isSecure()).isFalse();
  }

  @Test
  void severalLinesAreOneList() {
    var headers = Map.of("X-Forwarded-For", List.of("203.0.113.9", "198.51.100.7"));
    assertThat(ClientAddress.of(request("10.0.0.1", headers), PROXIES).text())
        .isEqualTo("198.51.100.7");
  }

  private static HttpServletRequest request(String peer, Map<String, List<String>> headers) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            ClientAddressTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (_, method, arguments) ->
                switch (method.getName()) {
                  case "getRemoteAddr" -> peer;
                  case "isSecure" -> false;
                  case "getHeaders" ->
                      Collections.enumeration(
                          headers.getOrDefault((String) arguments[0], List.of()));
                  default ->
                      throw new UnsupportedOperationException(
                          method.getName() + Arrays.toString(arguments));
                });
  }
}
