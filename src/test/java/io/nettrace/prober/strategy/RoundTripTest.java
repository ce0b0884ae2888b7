package io.nettrace.prober.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoundTripTest {
  private static final long MILLI = 1_000_000;
  private static final long WALL = 1_700_000_000_000_000_000L;

  @Test
  void theKernelsStampsAreFinerThanOurOwnReading() {
    long rtt = RoundTrip.nanos(0, WALL, WALL + 50_000, 11 * MILLI, WALL, WALL + 10_050_000);
    assertThat(rtt).isEqualTo(10 * MILLI);
  }

  @Test
  void aSteppedWallClockIsNotBelieved() {
    long step = 3_600_000 * MILLI;
    long rtt =
        RoundTrip.nanos(0, WALL, WALL + 50_000, 11 * MILLI, WALL + step, WALL + step + 10_050_000);
    assertThat(rtt).isEqualTo(11 * MILLI);
    assertThat(RoundTrip.clockStepped(WALL, WALL + step, 11 * MILLI)).isTrue();
  }

  @Test
  void aSlewedWallClockIsCorrectedFor() {
    long slew = 5_000;
    long rtt = RoundTrip.nanos(0, WALL, WALL, 11 * MILLI, WALL + slew, WALL + slew + 10 * MILLI);
    assertThat(rtt).isEqualTo(10 * MILLI);
  }

  @Test
  void stampsThatContradictTheMonotonicClockAreNotBelieved() {
    assertThat(RoundTrip.nanos(0, WALL, WALL, 5 * MILLI, WALL, WALL - MILLI)).isEqualTo(5 * MILLI);
    assertThat(RoundTrip.nanos(0, WALL, WALL, 5 * MILLI, WALL, WALL + 9 * MILLI))
        .isEqualTo(5 * MILLI);
  }

  @Test
  void withoutAnyStampTheMonotonicClockMeasures() {
    assertThat(RoundTrip.nanos(0, WALL, 0, 5 * MILLI, WALL, 0)).isEqualTo(5 * MILLI);
  }
}
