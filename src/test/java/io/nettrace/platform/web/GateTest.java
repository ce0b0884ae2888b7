package io.nettrace.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final Duration NO_WAIT = Duration.ZERO;

  @Test
  void strangersNeverHoldMoreThanHalf() {
    Gate gate = new Gate(4, 10, NO_WAIT);

    assertThat(gate.enter(false)).isTrue();
    assertThat(gate.enter(false)).isTrue();
    assertThat(gate.enter(false)).isFalse();
    assertThat(gate.enter(true)).isTrue();
    assertThat(gate.enter(true)).isTrue();
    assertThat(gate.enter(true)).isFalse();
  }

  @Test
  void aPermitThatIsGivenBackIsHadByTheNext() {
    Gate gate = new Gate(2, 10, NO_WAIT);
    assertThat(gate.enter(false)).isTrue();

    gate.leave(false);

    assertThat(gate.enter(false)).isTrue();
  }

  @Test
  void aStrangerThatIsRefusedForWantOfAnyPermitLeavesTheStrangersShareAlone() {
    Gate gate = new Gate(2, 10, NO_WAIT);
    assertThat(gate.enter(true)).isTrue();
    assertThat(gate.enter(true)).isTrue();
    assertThat(gate.enter(false)).isFalse();

    gate.leave(true);

    assertThat(gate.enter(false)).isTrue();
  }

  @Test
  void whoWaitsIsLetInWhenSomethingIsGivenBack() throws Exception {
    Gate gate = new Gate(1, 10, Duration.ofMinutes(1));
    assertThat(gate.enter(true)).isTrue();
    CountDownLatch asked = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> waiting =
          threads.submit(
              () -> {
                asked.countDown();
                return gate.enter(true);
              });
      asked.await();
      gate.leave(true);
      assertThat(waiting.get()).isTrue();
    }
  }

  @Test
  void whileTheQueueIsFullOthersAreRefusedAtOnce() {
    Gate gate = new Gate(2, 0, Duration.ofDays(1));
    assertThat(gate.enter(false)).isTrue();

    assertThat(gate.enter(false)).isFalse();
  }
}
