package io.nettrace.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A range cut into pieces, each to be read from the coarsest level that is right for it: whole days
 * and hours from their roll-ups, and single bursts at the edges and wherever a roll-up is not
 * valid.
 */
final class Cover {
  enum Source {
    BURSTS,
    HOURS,
    DAYS
  }

  /** A piece from {@code start} until before {@code end}. */
  record Piece(Source source, Instant start, Instant end) {}

  private final Set<Instant> badHours;
  private final Set<Instant> badDays;
  private final List<Piece> pieces = new ArrayList<>();

  private Cover(Set<Instant> badHours, Set<Instant> badDays) {
    this.badHours = badHours;
    this.badDays = badDays;
  }

  /** Cuts the range into pieces whose length divides {@code step}; none when it is empty. */
  static List<Piece> of(
      Instant start, Instant end, Duration step, Set<Instant> badHours, Set<Instant> badDays) {
    Cover cover = new Cover(badHours, badDays);
    if (isMultiple(step, RollUps.DAY)) {
      cover.days(start, end);
    } else if (isMultiple(step, RollUps.HOUR)) {
      cover.hours(start, end);
    } else {
      cover.add(Source.BURSTS, start, end);
    }
    return cover.pieces;
  }

  private static boolean isMultiple(Duration step, Duration length) {
    return step.toSeconds() % length.toSeconds() == 0;
  }

  static Instant floor(Instant time, Duration length) {
    long seconds = length.toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), seconds) * seconds);
  }

  static Instant ceiling(Instant time, Duration length) {
    Instant floor = floor(time, length);
    return floor.equals(time) ? time : floor.plus(length);
  }

  private void days(Instant start, Instant end) {
    Instant first = ceiling(start, RollUps.DAY);
    Instant last = floor(end, RollUps.DAY);
    if (!first.isBefore(last)) {
      hours(start, end);
      return;
    }
    hours(start, first);
    for (Instant day = first; day.isBefore(last); day = day.plus(RollUps.DAY)) {
      Instant next = day.plus(RollUps.DAY);
      if (badDays.contains(day)) {
        hours(day, next);
      } else {
        add(Source.DAYS, day, next);
      }
    }
    hours(last, end);
  }

  private void hours(Instant start, Instant end) {
    Instant first = ceiling(start, RollUps.HOUR);
    Instant last = floor(end, RollUps.HOUR);
    if (!first.isBefore(last)) {
      add(Source.BURSTS, start, end);
      return;
    }
    add(Source.BURSTS, start, first);
    for (Instant hour = first; hour.isBefore(last); hour = hour.plus(RollUps.HOUR)) {
      add(badHours.contains(hour) ? Source.BURSTS : Source.HOURS, hour, hour.plus(RollUps.HOUR));
    }
    add(Source.BURSTS, last, end);
  }

  /** Joins pieces of one source that follow each other. */
  private void add(Source source, Instant start, Instant end) {
    if (!start.isBefore(end)) {
      return;
    }
    if (!pieces.isEmpty()
        && pieces.getLast().source() == source
        && pieces.getLast().end().equals(start)) {
      Piece joined = pieces.removeLast();
      pieces.add(new Piece(source, joined.start(), end));
    } else {
      pieces.add(new Piece(source, start, end));
    }
  }
}
