package io.nettrace.edge.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class UnmeteredCallsTest {
  private final UUID one = UUID.randomUUID();
  private final UUID other = UUID.randomUUID();

  @Test
  void aTenantRunsAFewAtOnceAndAnotherIsNotHeldUp() {
    UnmeteredCalls calls = new UnmeteredCalls(1_000, 2);
    calls.enter(one);
    calls.enter(one);

    assertThatThrownBy(() -> calls.enter(one)).isInstanceOf(RefusalException.class);

    calls.enter(other);
    calls.leave(one);
    calls.enter(one);
    assertThat(calls.running(one)).isEqualTo(2);
  }

  @Test
  void aTenantIsHeldToItsRate() {
    UnmeteredCalls calls = new UnmeteredCalls(3, 10);
    for (int i = 0; i < 3; i++) {
      calls.enter(one);
      calls.leave(one);
    }

    assertThatThrownBy(() -> calls.enter(one))
        .isInstanceOfSatisfying(
            RefusalException.class,
            refusal -> assertThat(refusal.problem().retryAfterSeconds()).isPresent());
    calls.enter(other);
  }

  @Test
  void nothingIsRememberedOfWhoHasLeft() {
    UnmeteredCalls calls = new UnmeteredCalls(10, 1);
    calls.enter(one);
    calls.leave(one);

    assertThat(calls.running(one)).isZero();
  }
}
