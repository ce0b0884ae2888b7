package io.nettrace.geo;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.metric.SpecialAddresses;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LightBoundTest {
  private static final Place NEWARK = Place.of("Newark", "US", 40.74, -74.17);
  private static final Place TOKYO = Place.of("Tokyo", "JP", 35.69, 139.69);
  private static final Place NEW_YORK = Place.of("New York", "US", 40.71, -74.01);

  @Test
  void aPlaceThatLightCannotReachInTimeIsImpossibleAndTheReasonSaysHowFar() {
    LightBound.Judgement judgement = judge(TOKYO, 5_000_000);
    assertThat(judgement.confidence()).isEqualTo(Confidence.IMPOSSIBLE);
    assertThat(judgement.reason()).contains("10,8").contains("500 km");
  }

  @Test
  void theBoundIsTwoThirdsOfLightThereAndBack() {
    assertThat(LightBound.farthestKm(10_000_000)).isBetween(999.0, 1_000.0);
    long floor = LightBound.leastRttNanos(1_000);
    assertThat(LightBound.farthestKm(floor)).isBetween(999.9, 1_000.1);
  }

  @Test
  void aDelayThatLeavesNoOtherCityGivesHighConfidence() {
    assertThat(judge(NEW_YORK, 1_500_000).confidence()).isEqualTo(Confidence.HIGH);
  }

  @Test
  void aDelayNearTheFloorGivesMediumAndAWideOneLow() {
    long floor =
        LightBound.leastRttNanos(
            NEWARK.coordinates().orElseThrow().kilometresTo(TOKYO.coordinates().orElseThrow()));
    assertThat(judge(TOKYO, floor + floor / 2).confidence()).isEqualTo(Confidence.MEDIUM);
    assertThat(judge(NEW_YORK, 80_000_000).confidence()).isEqualTo(Confidence.LOW);
  }

  @Test
  void theSourcesOwnRadiusIsGivenItsDue() {
    Place wide =
        new Place(
            Optional.empty(),
            Optional.of("US"),
            Optional.of(new Coordinates(37.75, -97.82)),
            OptionalInt.of(3_000));
    assertThat(judge(wide, 2_000_000).confidence()).isNotEqualTo(Confidence.IMPOSSIBLE);
  }

  @Test
  void withoutDelayOrVantagePlaceOnlyTheSourceSaysSo() {
    assertThat(LightBound.judge(TOKYO, Optional.empty(), OptionalLong.of(1)).confidence())
        .isEqualTo(Confidence.LOW);
    assertThat(LightBound.judge(TOKYO, Optional.of(NEWARK), OptionalLong.empty()).confidence())
        .isEqualTo(Confidence.LOW);
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, true",
    "172.31.255.255, true",
    "172.32.0.0, false",
    "100.64.0.1, true",
    "100.128.0.1, false",
    "192.168.1.1, true",
    "198.19.255.255, true",
    "198.20.0.0, false",
    "8.8.8.8, false",
    "224.0.0.1, true",
    "::1, true",
    "fe80::1, true",
    "fd00::1, true",
    "2001:db8::1, true",
    "2001:db9::1, false",
    "2606:4700::1, false"
  })
  void specialRangesBelongToNoPlace(String address, boolean special) {
    assertThat(SpecialAddresses.meaning(InetAddress.ofLiteral(address)).isPresent())
        .isEqualTo(special);
  }

  private static LightBound.Judgement judge(Place place, long rttNanos) {
    return LightBound.judge(place, Optional.of(NEWARK), OptionalLong.of(rttNanos));
  }
}
