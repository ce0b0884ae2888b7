package io.nettrace.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaneTest {
  @Test
  void thePortSaysWhichPlaneARequestCameBy() {
    assertThat(Plane.of(8080, config(8081, 8082))).isEqualTo(Plane.PUBLIC);
    assertThat(Plane.of(8081, config(8081, 8082))).isEqualTo(Plane.OPERATIONS);
    assertThat(Plane.of(8082, config(8081, 8082))).isEqualTo(Plane.SCANNERS);
    assertThat(Plane.of(8080, config(0, 0))).isEqualTo(Plane.EVERYTHING);
    assertThat(Plane.of(8443, config(8081, 0))).isEqualTo(Plane.PUBLIC);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/operator/v1/tenants",
        "/operator",
        "/operator;x=y/v1/tenants",
        "/scanner/v1/hello",
        "/scanner;a/v1/hello",
        "/metrics",
        "/metrics/",
        "/metrics/application",
        "/console",
        "/console/",
        "/console.xhtml",
        "/console;a=b"
      })
  void whatIsTheOperatorsIsNotOnThePublicPlane(String path) {
    assertThat(Plane.PUBLIC.serves(path)).isFalse();
    assertThat(Plane.OPERATIONS.serves(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/api/v1/targets", "/operators", "/metricsx", "/health", "/docs"})
  void customersAreServedOnThePublicPlane(String path) {
    assertThat(Plane.PUBLIC.serves(path)).isTrue();
  }

  @Test
  void scannersElsewhereSeeTheirDoorAndNothingElse() {
    assertThat(Plane.SCANNERS.serves("/scanner/v1/hello")).isTrue();
    assertThat(Plane.SCANNERS.serves("/operator/v1/tenants")).isFalse();
    assertThat(Plane.SCANNERS.serves("/metrics")).isFalse();
    assertThat(Plane.SCANNERS.serves("/")).isFalse();
  }

  private static WebConfig config(int operations, int scanners) {
    return new WebConfig(
        operations,
        scanners,
        0,
        Optional.empty(),
        "",
        List.of(),
        Set.of(),
        1,
        1,
        1,
        1,
        1,
        Duration.ofSeconds(1));
  }
}
