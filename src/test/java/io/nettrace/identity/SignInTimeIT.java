package io.nettrace.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** How long a refusal takes says nothing about whether the address has an account. */
class SignInTimeIT {
  private static final int ROUNDS = 40;
  private static final double MOST_DIFFERENCE = 0.15;

  @Test
  void aKnownAddressTakesAsLongAsAnUnknownOne() {
    People people =
        new People(People.fresh(), new PasswordHashes(PasswordHashes.MEMORY_KIB, new Semaphore(4)));
    Account _ = people.person("ada@example.org");
    List<Long> known = new ArrayList<>();
    List<Long> unknown = new ArrayList<>();
    for (int i = -5; i < ROUNDS; i++) {
      // alternately, so that whatever else the machine does falls on both
      long a = nanos(people, "ada@example.org", i);
      long b = nanos(people, "eve@example.org", i);
      if (i >= 0) {
        known.add(a);
        unknown.add(b);
      }
    }
    long knownMedian = median(known);
    long unknownMedian = median(unknown);
    System.out.printf(
        "refusal of a known address: %.1f ms, of an unknown one: %.1f ms (medians of %d)%n",
        knownMedian / 1e6, unknownMedian / 1e6, ROUNDS);
    assertThat((double) knownMedian / unknownMedian)
        .isBetween(1 - MOST_DIFFERENCE, 1 + MOST_DIFFERENCE);
  }

  /** Each time from elsewhere, so that nobody is locked out. */
  private static long nanos(People people, String email, int round) {
    Visitor visitor = new Visitor("192.0.2." + (round + 100), "");
    long start = System.nanoTime();
    SignInOutcome outcome = people.signIns.withPassword(email, "a wrong password", visitor);
    long taken = System.nanoTime() - start;
    assertThat(outcome).isEqualTo(new SignInOutcome.Refused());
    return taken;
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
