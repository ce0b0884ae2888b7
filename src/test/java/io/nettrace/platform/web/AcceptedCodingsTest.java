package io.nettrace.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptedCodingsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"gzip", "br, GZIP;q=0.5", "x-gzip", "*", "deflate, *;q=0.1", "gzip ; q=1.0"})
  void gzipIsTaken(String accepted) {
    assertThat(AcceptedCodings.takesGzip(accepted)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "deflate", "br", "gzip;q=0", "gzip;q=0.000, *", "identity", "*;q=0"})
  void gzipIsNotTaken(String accepted) {
    assertThat(AcceptedCodings.takesGzip(accepted)).isFalse();
  }

  @Test
  void whoSaysNothingGetsThePlainAnswer() {
    assertThat(AcceptedCodings.takesGzip(null)).isFalse();
  }
}
