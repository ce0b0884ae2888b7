package io.nettrace.scan;

import io.nettrace.metric.AnswerSet;
import io.nettrace.scanner.Delivery;
import io.nettrace.scanner.MeasuredBurst;
import io.nettrace.scanner.MeasuredTrace;
import io.nettrace.scanner.OwnFault;
import io.nettrace.scanner.Resolution;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Dates the measurements of a scanner whose clock is wrong by their arrival. A delivery was sealed
 * as long before it arrived as it waited, whatever the scanner's clock said then: all of it is put
 * back or forward by the difference, and nothing is newer than now. Otherwise what a fast clock
 * dated ahead, or dated before it was set back, would hide an outage. Where it is not told how long
 * a delivery waited, a slow clock cannot be told from a long wait.
 */
final class Redating {
  /** Two clocks that are kept by NTP differ by less. */
  private static final Duration TOLERANCE = Duration.ofSeconds(1);

  /** Longer than a delivery is on its way: until then a clock only seems to be slow. */
  private static final Duration LONGEST_TRANSIT = Duration.ofMinutes(1);

  /** A clock that is fast by more is a fault of the vantage point. */
  private static final Duration FAST = Duration.ofSeconds(5);

  private static final Duration LONGEST_WAIT = Duration.ofDays(365);

  private final Instant now;
  private final Duration ahead;

  Redating(Delivery delivery, Instant now) {
    this.now = now;
    Optional<Duration> waited = delivery.waited().filter(Redating::isPlausible);
    Duration difference =
        Duration.between(now.minus(waited.orElse(Duration.ZERO)), delivery.sealedAt());
    boolean fast = difference.compareTo(TOLERANCE) > 0;
    boolean slow = waited.isPresent() && difference.negated().compareTo(LONGEST_TRANSIT) > 0;
    this.ahead = fast || slow ? difference : Duration.ZERO;
  }

  private static boolean isPlausible(Duration waited) {
    return !waited.isNegative() && waited.compareTo(LONGEST_WAIT) <= 0;
  }

  /** How fast the scanner's clock is, negative when it is slow; zero when it is neither. */
  Duration ahead() {
    return ahead;
  }

  /** What is wrong with the scanner's clock, in words for an operator; empty when nothing is. */
  Optional<String> fault() {
    if (ahead.isNegative()) {
      return Optional.of(OwnFault.CLOCK_SLOW);
    }
    return ahead.compareTo(FAST) > 0 ? Optional.of(OwnFault.CLOCK_FAST) : Optional.empty();
  }

  Delivery of(Delivery delivery) {
    UnaryOperator<Instant> date = this::date;
    return new Delivery(
        delivery.spool(),
        delivery.sequence(),
        delivery.vantagePoint(),
        delivery.simulated(),
        date.apply(delivery.sealedAt()),
        delivery.bursts().stream().map(this::burst).toList(),
        delivery.traces().stream().map(this::trace).toList(),
        delivery.resolutions().stream().map(this::resolution).toList(),
        delivery.faults().stream().map(this::fault).toList(),
        delivery.waited());
  }

  private Instant date(Instant given) {
    Instant dated = given.minus(ahead);
    return dated.isAfter(now) ? now : dated;
  }

  private MeasuredBurst burst(MeasuredBurst one) {
    return new MeasuredBurst(
        one.targetId(), one.host(), one.burst().begunAt(date(one.burst().startedAt())));
  }

  private MeasuredTrace trace(MeasuredTrace one) {
    return new MeasuredTrace(
        one.targetId(),
        one.host(),
        one.cause(),
        one.trace().begunAt(date(one.trace().startedAt())));
  }

  private Resolution resolution(Resolution one) {
    return switch (one) {
      case Resolution.Resolved(String id, AnswerSet answers) ->
          new Resolution.Resolved(
              id,
              new AnswerSet(
                  answers.host(), date(answers.resolvedAt()), answers.addresses(), answers.ttl()));
      case Resolution.Failed(String id, String host, Instant at, String reason) ->
          new Resolution.Failed(id, host, date(at), reason);
    };
  }

  private OwnFault fault(OwnFault one) {
    return new OwnFault(
        one.kind(),
        date(one.beganAt()),
        one.endedAt().map(this::date),
        one.targets(),
        one.reason());
  }
}
