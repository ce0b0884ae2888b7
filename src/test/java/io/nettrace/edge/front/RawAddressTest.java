package io.nettrace.edge.front;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RawAddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/docs",
        "/api/v1/latency/b%C3%B6rse.example",
        "/a..b/.well-known/security.txt",
        "/x?to=/../etc&half=%zz",
        "*"
      })
  void whatAClientWritesIsRead(String address) {
    assertThat(RawAddress.fault(address)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/%zz, malformed percent escape",
    "/a%, malformed percent escape",
    "/a%4, malformed percent escape",
    "/.., segment",
    "/x/../docs, segment",
    "/x/%2e%2E/docs, segment",
    "/api/v1/latency/., segment",
    "/api/v1/latency/%00, U+0000",
    "/api/v1/latency/%FF, UTF-8"
  })
  void whatTheContainerStumblesOverIsRefused(String address, String word) {
    assertThat(RawAddress.fault(address)).hasValueSatisfying(why -> assertThat(why).contains(word));
  }

  @ParameterizedTest
  @CsvSource({
    "/account, /account",
    "/acc%6Funt?x=1, /account",
    "//account;a=b, /account",
    "/a%2Bb+c, /a+b+c"
  })
  void itIsReadAsTheContainerReadsIt(String address, String path) {
    assertThat(RawAddress.path(address)).isEqualTo(path);
  }
}
