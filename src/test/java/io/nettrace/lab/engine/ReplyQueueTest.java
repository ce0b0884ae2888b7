package io.nettrace.lab.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReplyQueueTest {

  @Test
  void answersComeOutInTheOrderInWhichTheyAreDue() {
    long seed = 42;
    SplittableRandom random = new SplittableRandom(seed);
    ReplyQueue queue = new ReplyQueue(500, 64);
    long[] due = random.longs(500, 0, 1_000_000).toArray();
    for (long at : due) {
      LabReply reply = Objects.requireNonNull(queue.take());
      reply.dueNanos = at;
      queue.add(reply);
    }
    Arrays.sort(due);
    for (long at : due) {
      assertThat(queue.nextDueNanos()).as("seed %d", seed).isEqualTo(at);
      assertThat(queue.poll().dueNanos).isEqualTo(at);
    }
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void anOrderAcrossTheOverflowOfTheClockHolds() {
    ReplyQueue queue = new ReplyQueue(4, 64);
    for (long at : new long[] {Long.MIN_VALUE + 5, Long.MAX_VALUE - 5, Long.MIN_VALUE}) {
      LabReply reply = Objects.requireNonNull(queue.take());
      reply.dueNanos = at;
      queue.add(reply);
    }
    assertThat(queue.poll().dueNanos).isEqualTo(Long.MAX_VALUE - 5);
    assertThat(queue.poll().dueNanos).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void aFullQueueGivesNoMoreRepliesUntilOneIsReleased() {
    ReplyQueue queue = new ReplyQueue(2, 64);
    LabReply first = Objects.requireNonNull(queue.take());
    assertThat(queue.take()).isNotNull();
    assertThat(queue.take()).isNull();
    queue.release(first);
    assertThat(queue.take()).isSameAs(first);
  }
}
