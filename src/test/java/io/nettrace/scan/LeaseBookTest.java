package io.nettrace.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.scanner.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LeaseBookTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final Duration CYCLE = Duration.ofSeconds(60);
  private static final LeaseTerms TERMS = LeaseTerms.STANDARD;

  private final List<LeaseBook.Holder> holders = new ArrayList<>();
  private final List<LeaseBook.Slice> slices =
      new ArrayList<>(Collections.nCopies(LeaseBook.SLICES, LeaseBook.untouched()));
  private Instant now = START;

  /** One scanner as the book cannot see it: it only knows the answers that reached it. */
  private final class Scanner {
    private final UUID instance = new UUID(0, holders.size() + 1);
    private boolean alive = true;
    private Lease lease = ask(book -> book.begin(instance));
    private Instant fence = now.plus(lease.term());

    void renew(boolean answerArrives) {
      Instant asked = now;
      Lease answer = ask(book -> book.renew(instance, lease.number()));
      if (answerArrives) {
        lease = answer;
        fence = asked.plus(answer.term());
      }
    }

    void restart() {
      alive = true;
      lease = ask(book -> book.begin(instance));
      fence = now.plus(lease.term());
    }

    void leave() {
      alive = false;
      ask(book -> book.leave(instance));
    }

    BitSet measured() {
      BitSet bits = new BitSet();
      if (alive && (lease.sole() || now.isBefore(fence))) {
        lease.held().forEach(bits::set);
      }
      return bits;
    }

    private Lease ask(java.util.function.Function<LeaseBook, Lease> question) {
      LeaseBook book = new LeaseBook(now, TERMS, CYCLE, holders, slices);
      Lease answer = question.apply(book);
      holders.removeIf(holder -> holder.instance().equals(instance));
      holders.add(book.holder(instance));
      slices.clear();
      slices.addAll(book.slices());
      return answer;
    }
  }

  @Test
  void theOnlyScannerHoldsEverythingAndGoesOnWithoutAnybody() {
    Scanner one = new Scanner();
    assertThat(one.lease.held()).hasSize(LeaseBook.SLICES);
    assertThat(one.lease.idle()).hasSize(LeaseBook.SLICES);
    pass(Duration.ofMinutes(10));
    assertThat(one.measured().cardinality()).isEqualTo(LeaseBook.SLICES);
  }

  @Test
  void twoShareHalfAndHalfWithinTwelveSeconds() {
    Scanner one = new Scanner();
    pass(Duration.ofSeconds(20));
    Scanner two = new Scanner();
    for (int i = 0; i < 3; i++) {
      pass(Duration.ofSeconds(4));
      one.renew(true);
      two.renew(true);
    }
    assertThat(one.measured().cardinality()).isEqualTo(LeaseBook.SLICES / 2);
    assertThat(two.measured().cardinality()).isEqualTo(LeaseBook.SLICES / 2);
  }

  @Test
  void whoFallsSilentIsReplacedWithinTheTermTheMarginAndOneRenewal() {
    Scanner one = new Scanner();
    Scanner two = new Scanner();
    renewFor(Duration.ofMinutes(1), one, two);
    one.alive = false;
    Instant killed = now;
    while (two.measured().cardinality() < LeaseBook.SLICES) {
      pass(Duration.ofSeconds(4));
      two.renew(true);
    }
    assertThat(Duration.between(killed, now)).isLessThanOrEqualTo(Duration.ofSeconds(20));
    assertThat(two.lease.sole()).isTrue();
  }

  @Test
  void whoWasTheOnlyOneKeepsItsSlicesForAQuarterOfAnHour() {
    Scanner cutOff = new Scanner();
    Scanner other = new Scanner();
    pass(TERMS.solePatience().minusSeconds(5));
    other.renew(true);
    assertThat(other.measured().cardinality()).isZero();
    assertThat(cutOff.measured().cardinality()).isEqualTo(LeaseBook.SLICES);
  }

  @Test
  void whatALeavingScannerHeldIsFreeAtOnce() {
    Scanner one = new Scanner();
    Scanner two = new Scanner();
    renewFor(Duration.ofMinutes(1), one, two);
    one.leave();
    pass(Duration.ofSeconds(4));
    two.renew(true);
    assertThat(two.measured().cardinality()).isEqualTo(LeaseBook.SLICES);
  }

  /** Deaths, restarts, lost answers and silences in any order, but no scanner silent for ever. */
  @ParameterizedTest
  @MethodSource("seeds")
  void noSliceIsEverMeasuredByTwo(long seed) {
    Random random = new Random(seed);
    List<Scanner> scanners = new ArrayList<>();
    for (int step = 0; step < 3000; step++) {
      pass(Duration.ofMillis(random.nextInt(3000)));
      if (scanners.isEmpty() || (scanners.size() < 4 && random.nextInt(200) == 0)) {
        scanners.add(new Scanner());
      }
      Scanner scanner = scanners.get(random.nextInt(scanners.size()));
      switch (random.nextInt(40)) {
        case 0 -> scanner.alive = false;
        case 1 -> scanner.leave();
        case 2 -> scanner.restart();
        case 3 -> pass(Duration.ofSeconds(random.nextInt(40)));
        default -> {
          if (scanner.alive) {
            scanner.renew(random.nextInt(4) > 0);
          }
        }
      }
      assertNoneTwice(scanners, seed);
    }
  }

  private static LongStream seeds() {
    return LongStream.range(1, 40);
  }

  private static void assertNoneTwice(List<Scanner> scanners, long seed) {
    BitSet all = new BitSet();
    for (Scanner scanner : scanners) {
      BitSet measured = scanner.measured();
      assertThat(all.intersects(measured)).as("a slice of two, seed %d", seed).isFalse();
      all.or(measured);
    }
  }

  private void renewFor(Duration time, Scanner... scanners) {
    for (Instant end = now.plus(time); now.isBefore(end); pass(Duration.ofSeconds(4))) {
      for (Scanner scanner : scanners) {
        scanner.renew(true);
      }
    }
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }
}
