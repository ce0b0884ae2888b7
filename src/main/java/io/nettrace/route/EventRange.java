package io.nettrace.route;

import io.nettrace.scan.RecordOf;
import java.time.Instant;
import java.util.Optional;

/**
 * Events from {@code start} until before {@code end} in one record, of one target or all, from one
 * vantage point or all.
 *
 * @param order which time of an event the range and the order of a page go by
 */
public record EventRange(
    RecordOf whose,
    Optional<String> targetId,
    Optional<String> vantagePoint,
    Instant start,
    Instant end,
    Order order) {

  /** The two times of an event. */
  public enum Order {
    /** When it began, by the scanner's clock. */
    OCCURRED,
    /** When it could first be read here, which no two events of a record share. */
    PUBLISHED
  }

  /** In the catalogue's record, by the time at which events began. */
  public EventRange(
      Optional<String> targetId, Optional<String> vantagePoint, Instant start, Instant end) {
    this(RecordOf.CATALOGUE, targetId, vantagePoint, start, end, Order.OCCURRED);
  }

  /** In one record, by the time at which events began. */
  public EventRange(
      RecordOf whose,
      Optional<String> targetId,
      Optional<String> vantagePoint,
      Instant start,
      Instant end) {
    this(whose, targetId, vantagePoint, start, end, Order.OCCURRED);
  }

  /** The same in another record. */
  public EventRange in(RecordOf record) {
    return new EventRange(record, targetId, vantagePoint, start, end, order);
  }

  /** The same by the other time. */
  public EventRange by(Order other) {
    return new EventRange(whose, targetId, vantagePoint, start, end, other);
  }

  /** The same with another end. */
  public EventRange until(Instant other) {
    return new EventRange(whose, targetId, vantagePoint, start, other, order);
  }
}
