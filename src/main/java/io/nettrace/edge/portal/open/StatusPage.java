package io.nettrace.edge.portal.open;

import io.nettrace.edge.portal.DisplayFormat;
import io.nettrace.edge.portal.OpenFault;
import io.nettrace.edge.portal.Page;
import io.nettrace.sample.Latest;
import io.nettrace.scan.Presence;
import io.nettrace.scan.VantageFaults;
import io.nettrace.scan.VantagePoint;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether the service and each vantage point are well, now and over the last thirty days. */
@Page
public class StatusPage {
  private static final int DAYS = 30;
  private static final Duration FRESH = Duration.ofMinutes(3);
  private static final double WELL = 0.999;
  private static final double POOR = 0.95;

  @Inject Presence presence;
  @Inject VantageFaults vantageFaults;
  @Inject Latest latest;
  @Inject Clock clock;

  private @Nullable List<Subject> subjects;

  /**
   * The service, or a vantage point.
   *
   * @param share of the minutes on record in which it was there, in percent
   * @param faults its own ones that last
   */
  public record Subject(
      String title,
      String about,
      String state,
      String mood,
      String share,
      boolean simulated,
      List<OpenFault> faults,
      List<Bar> bars) {}

  /**
   * One day.
   *
   * @param level class of its colour: good, warn, bad; empty when nothing is on record
   * @param x where it stands in the drawing
   */
  public record Bar(int x, String level, String title) {}

  public List<Subject> subjects() {
    if (subjects == null) {
      Map<String, List<Presence.Day>> bySubject =
          presence.days(DAYS).stream().collect(Collectors.groupingBy(Presence.Day::subject));
      List<Subject> all = new ArrayList<>();
      List<VantageFaults.Fault> open = vantageFaults.open();
      all.add(service(bySubject.getOrDefault(Presence.SERVICE, List.of())));
      latest
          .snapshot()
          .vantagePoints()
          .forEach(
              point ->
                  all.add(
                      vantagePoint(
                          point,
                          OpenFault.of(open, point.name()),
                          bySubject.getOrDefault(Presence.VANTAGE + point.name(), List.of()))));
      subjects = all;
    }
    return subjects;
  }

  public boolean isAllWell() {
    return subjects().stream().allMatch(subject -> subject.mood().equals("good"));
  }

  private Subject service(List<Presence.Day> days) {
    return new Subject(
        "Service",
        "Portal, API and record",
        "Working",
        "good",
        share(days),
        false,
        List.of(),
        bars(days));
  }

  private Subject vantagePoint(
      VantagePoint point, List<OpenFault> faults, List<Presence.Day> days) {
    Optional<Instant> newest =
        latest.snapshot().standings().stream()
            .filter(standing -> standing.vantagePoint().equals(point))
            .flatMap(standing -> standing.observedAt().stream())
            .max(Instant::compareTo);
    boolean silent = newest.map(at -> !at.plus(FRESH).isAfter(clock.instant())).orElse(true);
    boolean down = faults.stream().anyMatch(OpenFault::hidesTargets);
    String state = down ? "Not measuring" : faults.isEmpty() ? "Measuring" : "Measuring, at fault";
    return new Subject(
        "Vantage point " + point.name(),
        newest
            .map(
                at ->
                    "Last measured "
                        + DisplayFormat.duration(Duration.between(at, clock.instant()))
                        + " ago")
            .orElse("Nothing measured yet"),
        silent && !down ? "Silent" : state,
        silent || down ? "bad" : faults.isEmpty() ? "good" : "warn",
        share(days),
        point.simulated(),
        faults,
        bars(days));
  }

  private List<Bar> bars(List<Presence.Day> days) {
    Map<LocalDate, Presence.Day> byDay = new HashMap<>();
    days.forEach(day -> byDay.put(day.day(), day));
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < DAYS; i++) {
      LocalDate day = today.minusDays(DAYS - 1L - i);
      Presence.Day seen = byDay.get(day);
      bars.add(seen == null ? missing(i, day, days) : bar(i, seen));
    }
    return bars;
  }

  private static Bar missing(int x, LocalDate day, List<Presence.Day> days) {
    boolean before = days.isEmpty() || day.isBefore(days.getFirst().day());
    return before
        ? new Bar(x, "", day + ": nothing on record")
        : new Bar(x, "bad", day + ": not there");
  }

  private Bar bar(int x, Presence.Day day) {
    long expected = expected(day);
    double ratio = Math.min(1, day.minutes() / (double) expected);
    String level = ratio >= WELL ? "good" : ratio >= POOR ? "warn" : "bad";
    return new Bar(
        x,
        level,
        "%s: there in %,d of %,d minutes"
            .formatted(day.day(), Math.min(day.minutes(), expected), expected));
  }

  /** Minutes of the day since it was on record, as far as they are over. */
  private long expected(Presence.Day day) {
    Instant midnight = day.day().atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant from = day.first().isAfter(midnight) ? day.first() : midnight;
    Instant now = clock.instant();
    Instant until = midnight.plus(1, ChronoUnit.DAYS);
    return Math.max(1, ChronoUnit.MINUTES.between(from, until.isAfter(now) ? now : until));
  }

  private String share(List<Presence.Day> days) {
    if (days.isEmpty()) {
      return DisplayFormat.NOTHING;
    }
    long minutes = days.stream().mapToLong(Presence.Day::minutes).sum();
    long expected =
        Math.max(1, ChronoUnit.MINUTES.between(days.getFirst().first(), clock.instant()));
    return String.format(Locale.ROOT, "%.2f", Math.min(100, minutes * 100.0 / expected));
  }
}
