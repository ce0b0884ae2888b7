package io.nettrace.scan;

import io.nettrace.metric.AnswerSet;
import io.nettrace.scanner.Delivery;
import io.nettrace.scanner.MeasuredBurst;
import io.nettrace.scanner.MeasuredTrace;
import io.nettrace.scanner.OwnFault;
import io.nettrace.scanner.Resolution;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * Dates the measurements of a scanner whose clock is fast by their arrival: a delivery cannot have
 * been sealed after it arrived, so all of it is put back by the difference, and nothing is newer
 * than now. Otherwise what such a scanner saw before an outage would hide the outage. A slow clock
 * cannot be told from a delivery that waited.
 */
final class Redating {
  /** Two clocks that are kept by NTP differ by less. */
  private static final Duration TOLERANCE = Duration.ofSeconds(1);

  private final Instant now;
  private final Duration ahead;

  Redating(Delivery delivery, Instant now) {
    this.now = now;
    Duration difference = Duration.between(now, delivery.sealedAt());
    this.ahead = difference.compareTo(TOLERANCE) > 0 ? difference : Duration.ZERO;
  }

  /** How fast the scanner's clock is; zero when it is not. */
  Duration ahead() {
    return ahead;
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
        delivery.faults().stream().map(this::fault).toList());
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
