package io.nettrace.edge.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BodyIntakeTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final AtomicLong nanos = new AtomicLong();

  @Test
  void aWholeBodyIsRead() throws Exception {
    assertThat(intake(1_000, 10_000).read(bytes(1_000), 1_000))
        .isInstanceOfSatisfying(
            BodyIntake.Intake.Whole.class, whole -> assertThat(whole.body()).hasSize(1_000));
  }

  @Test
  void theAnnouncedLengthEndsABodyWhoseStreamGoesOn() throws Exception {
    InputStream endless = dripping(500, 0);
    assertThat(intake(1_000, 10_000).read(endless, 1_000))
        .isInstanceOfSatisfying(
            BodyIntake.Intake.Whole.class, whole -> assertThat(whole.body()).hasSize(1_000));
  }

  @Test
  void oneByteTooManyIsTooLongWhateverWasAnnounced() throws Exception {
    assertThat(intake(1_000, 10_000).read(bytes(1_001), -1))
        .isInstanceOf(BodyIntake.Intake.TooLong.class);
  }

  @Test
  void aDripIsEndedLongBeforeItsTimeIsOver() throws Exception {
    InputStream drip = dripping(1, SECOND);
    assertThat(intake(1_000, 10_000).read(drip, 1_000))
        .isInstanceOf(BodyIntake.Intake.TooSlow.class);
    assertThat(nanos.get()).isLessThan(4 * SECOND);
  }

  @Test
  void aBodyThatComesFastEnoughForEverIsEndedByItsTime() throws Exception {
    assertThat(intake(1 << 20, 1 << 20).read(dripping(4_000, SECOND), -1))
        .isInstanceOf(BodyIntake.Intake.TooSlow.class);
    assertThat(nanos.get()).isBetween(10 * SECOND, 12 * SECOND);
  }

  @Test
  void memoryIsBoundedOverAllBodiesAndComesBack() throws Exception {
    BodyIntake intake = intake(1_000, 1_500);
    assertThat(intake.read(bytes(1_000), 1_000)).isInstanceOf(BodyIntake.Intake.Whole.class);
    assertThat(intake.read(bytes(1_000), 1_000)).isInstanceOf(BodyIntake.Intake.NoRoom.class);

    intake.forget(1_000);

    assertThat(intake.read(bytes(1_000), 1_000)).isInstanceOf(BodyIntake.Intake.Whole.class);
  }

  private BodyIntake intake(int most, long mostOfAll) {
    return new BodyIntake(most, mostOfAll, LIMIT, nanos::get);
  }

  private static InputStream bytes(int count) {
    return new ByteArrayInputStream(new byte[count]);
  }

  /** Endless; each read takes its time and gives a few bytes. */
  private InputStream dripping(int count, long everyNanos) {
    return new InputStream() {
      @Override
      public int read() {
        throw new UnsupportedOperationException();
      }

      @Override
      public int read(byte[] into, int offset, int length) {
        nanos.addAndGet(everyNanos);
        return Math.min(count, length);
      }
    };
  }
}
