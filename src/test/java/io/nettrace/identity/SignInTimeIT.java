package io.nettrace.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How long a refusal takes says nothing about whether the address has an account. */
@Tag("alone")
class SignInTimeIT {
  private static final int WARM_UP = 5;
  private static final int ROUNDS = 30;
  private static final double MOST_DIFFERENCE = 0.15;

  @Test
  void aKnownAddressTakesAsLongAsAnUnknownOne() {
    People people =
        new People(People.fresh(), new PasswordHashes(PasswordHashes.MEMORY_KIB, new Semaphore(4)));
    Account _ = people.person("ada@example.org");
    List<Double> known = new ArrayList<>();
    List<Double> unknown = new ArrayList<>();
    for (int i = -WARM_UP; i < ROUNDS; i++) {
      // one right after the other, so that whatever else the machine does falls on both
      double one = millis(people, "ada@example.org", i);
      double other = millis(people, "eve@example.org", i);
      if (i >= 0) {
        known.add(one);
        unknown.add(other);
      }
    }
    double ratio = undisturbed(known) / undisturbed(unknown);
    System.out.printf(
        Locale.ROOT,
        "refusal of a known address: %.1f ms, of an unknown one: %.1f ms; ratio %.3f (of %d)%n",
        undisturbed(known),
        undisturbed(unknown),
        ratio,
        ROUNDS);
    assertThat(ratio).isBetween(1 - MOST_DIFFERENCE, 1 + MOST_DIFFERENCE);
  }

  /** Each time from elsewhere, so that nobody is locked out. */
  private static double millis(People people, String email, int round) {
    Visitor visitor = new Visitor("192.0.2." + (round + 100), "");
    long start = System.nanoTime();
    SignInOutcome outcome = people.signIns.withPassword(email, "a wrong password", visitor);
    double taken = (System.nanoTime() - start) / 1e6;
    assertThat(outcome).isEqualTo(new SignInOutcome.Refused());
    return taken;
  }

  /** The tenth part: what else the machine does only adds to a time, and spares some rounds. */
  private static double undisturbed(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 10).findFirst().orElseThrow();
  }
}
