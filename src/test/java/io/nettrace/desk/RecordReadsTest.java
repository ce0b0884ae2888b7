package io.nettrace.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordReadsTest {
  private static final int AT_ONCE = 2;
  private static final int WAITING = 8 * AT_ONCE;

  private final UUID greedy = UUID.randomUUID();
  private final UUID modest = UUID.randomUUID();
  private final RecordReads reads = new RecordReads(AT_ONCE);
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch database = new CountDownLatch(1);

  @AfterEach
  void stop() {
    database.countDown();
    callers.close();
  }

  @Test
  void neverDoMoreRunAtOnceThanATenantHasTurnsAndAllAreAnswered() throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Future<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < AT_ONCE + WAITING; i++) {
      answers.add(
          callers.submit(
              () ->
                  reads.read(
                      greedy,
                      () -> {
                        most.accumulateAndGet(running.incrementAndGet(), Math::max);
                        running.decrementAndGet();
                        return 1;
                      })));
    }
    for (Future<Integer> answer : answers) {
      assertThat(answer.get()).isEqualTo(1);
    }
    assertThat(most.get()).isBetween(1, AT_ONCE);
    assertThat(reads.lanes()).as("nothing is kept of who reads no more").isZero();
  }

  @Test
  void oneThatAsksForTooMuchIsRefusedWhileAnotherIsAnsweredAtOnce() throws Exception {
    Semaphore begun = new Semaphore(0);
    for (int i = 0; i < AT_ONCE + WAITING; i++) {
      var _ =
          callers.submit(
              () -> {
                begun.release();
                return reads.read(greedy, this::slow);
              });
    }
    begun.acquire(AT_ONCE + WAITING);
    while (reads.callers(greedy) < AT_ONCE + WAITING) {
      Thread.onSpinWait();
    }
    assertThatThrownBy(() -> reads.read(greedy, () -> 1))
        .isInstanceOfSatisfying(
            DeniedException.class,
            denied -> assertThat(denied.decision()).isEqualTo(new Decision.TooManyReads(AT_ONCE)));
    assertThat(reads.read(modest, () -> 1)).isEqualTo(1);
  }

  @Test
  void aReadThatFailsGivesItsTurnBack() {
    for (int i = 0; i < 10 * WAITING; i++) {
      assertThatThrownBy(
              () ->
                  reads.read(
                      greedy,
                      () -> {
                        throw new IllegalArgumentException("no such step");
                      }))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(reads.read(greedy, () -> 1)).isEqualTo(1);
    assertThat(reads.lanes()).isZero();
  }

  private int slow() {
    try {
      database.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 1;
  }
}
