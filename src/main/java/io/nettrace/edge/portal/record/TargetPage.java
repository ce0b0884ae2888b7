package io.nettrace.edge.portal.record;

import io.nettrace.edge.portal.Once;
import io.nettrace.edge.portal.Page;
import io.nettrace.edge.portal.Shown;
import io.nettrace.edge.portal.Turned;
import io.nettrace.edge.portal.Visit;
import io.nettrace.plan.Entitlement;
import io.nettrace.plan.Plans;
import io.nettrace.route.EventRange;
import io.nettrace.sample.Aggregate;
import io.nettrace.sample.History;
import io.nettrace.sample.Standing;
import io.nettrace.scan.VantagePoint;
import io.nettrace.signal.EdgeVerdict;
import io.nettrace.signal.EdgeVerdicts;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One target in depth: how far it is, over time, on which way, and what changed. */
@Page
public class TargetPage {
  private static final int MOST_HAPPENINGS = 500;

  @Inject Board board;
  @Inject History history;
  @Inject EdgeVerdicts verdicts;
  @Inject Happenings happenings;
  @Inject Plans plans;
  @Inject Visit visit;
  @Inject Clock clock;

  private @Nullable String range;
  private @Nullable String start;
  private @Nullable String end;
  private @Nullable String view;
  private @Nullable String from;
  private @Nullable Watched target;
  private @Nullable Span span;
  private @Nullable List<Happening> changes;

  /** Finds the target before anything is drawn. */
  public void open() {
    target =
        visit
            .named()
            .flatMap(name -> board.find(visit, name.toLowerCase(Locale.ROOT), seenFrom()))
            .orElseThrow(() -> new Turned(Turned.Why.NOT_FOUND));
  }

  public String name() {
    return target().name();
  }

  public String host() {
    return target().host();
  }

  public String about() {
    return target().operator().map(one -> target().group() + " · " + one).orElse(target().group());
  }

  public String venue() {
    return target().venue().map(v -> v.place() + ", " + v.country()).orElse("");
  }

  public List<String> tags() {
    return target().tags();
  }

  public boolean isMeasured() {
    return target().standing().flatMap(Standing::burst).isPresent();
  }

  public Row row() {
    return Row.of(target());
  }

  public Optional<VantagePoint> seenFrom() {
    return board.from(Optional.ofNullable(from));
  }

  public List<VantagePoint> vantagePoints() {
    return board.vantagePoints();
  }

  /** The figures, each with what it rests on. */
  @Once
  public List<Reason> figures() {
    return target()
        .standing()
        .map(standing -> new Reasons(standing, verdict(), clock.instant()).all())
        .orElse(List.of());
  }

  /** Whether the address is the service itself or a front of it; empty until anything is known. */
  public Optional<EdgeVerdict> verdict() {
    return seenFrom().flatMap(point -> verdicts.of(target().id(), point));
  }

  public String verdictWords() {
    return verdict()
        .map(
            found ->
                switch (found.kind()) {
                  case EDGE -> "A near front answers, not the service itself";
                  case ORIGIN -> "The service itself answers";
                  case UNKNOWN -> "Front or service itself: not known";
                })
        .orElse("Front or service itself: not known");
  }

  @Once
  public List<Choice> ranges() {
    return Span.USUAL.stream()
        .map(
            usual ->
                new Choice(
                    usual.title(),
                    address("range=" + usual.word() + suffix("view", view)),
                    usual.word().equals(span().word()),
                    usual.beyond(visit.plan(), plans)))
        .toList();
  }

  public String curve() {
    List<Double> marks =
        changes().stream()
            .filter(one -> !one.at().isBefore(span().start()))
            .map(one -> one.at().toEpochMilli() / 1000.0)
            .toList();
    return Curve.json(span(), series(), marks);
  }

  public String spanText() {
    return Shown.duration(Duration.between(span().start(), span().end()));
  }

  public String stepText() {
    return Shown.duration(span().step());
  }

  public Instant spanStart() {
    return span().start();
  }

  public Instant spanEnd() {
    return span().end();
  }

  public boolean isDensity() {
    return "density".equals(view);
  }

  public String bandAddress() {
    return address(rangeQuery());
  }

  public String densityAddress() {
    return address(rangeQuery() + "&view=density");
  }

  /** What happened on its way in the range, the newest first. */
  public List<Happening> changes() {
    if (changes == null) {
      changes =
          visit.has(Entitlement.CHANGES)
              ? happenings.in(
                  visit,
                  new EventRange(
                      Optional.of(target().id()),
                      seenFrom().map(VantagePoint::name),
                      span().start(),
                      span().end()),
                  Happenings.ALL,
                  MOST_HAPPENINGS)
              : List.of();
    }
    return changes;
  }

  public String compareAddress() {
    return "/compare?hosts=" + host();
  }

  public String historyCurl() {
    return "latency/%s/history?start=%s&end=%s&step=%ds"
        .formatted(host(), span().start(), span().end(), span().step().toSeconds());
  }

  public String changesCurl() {
    return "changes?host=%s&start=%s&end=%s".formatted(host(), span().start(), span().end());
  }

  private List<Aggregate> series() {
    return seenFrom()
        .map(point -> target().during(point, span()))
        .map(selection -> history.series(selection, span().step(), Optional.empty()))
        .orElse(List.of());
  }

  Span span() {
    if (span == null) {
      span = Span.of(range, start, end, visit.plan(), clock.instant());
    }
    return span;
  }

  String rangeQuery() {
    return span().word().isEmpty()
        ? "start=%s&end=%s".formatted(span().start(), span().end())
        : "range=" + span().word();
  }

  String address(String query) {
    return target().address() + "?" + query + suffix("from", from);
  }

  private static String suffix(String name, @Nullable String value) {
    return value == null || !value.matches("[a-z0-9-]{1,63}") ? "" : "&" + name + "=" + value;
  }

  Watched target() {
    if (target == null) {
      open();
    }
    return Objects.requireNonNull(target);
  }

  public @Nullable String getRange() {
    return range;
  }

  public void setRange(@Nullable String range) {
    this.range = range;
  }

  public @Nullable String getStart() {
    return start;
  }

  public void setStart(@Nullable String start) {
    this.start = start;
  }

  public @Nullable String getEnd() {
    return end;
  }

  public void setEnd(@Nullable String end) {
    this.end = end;
  }

  public @Nullable String getView() {
    return view;
  }

  public void setView(@Nullable String view) {
    this.view = view;
  }

  public @Nullable String getFrom() {
    return from;
  }

  public void setFrom(@Nullable String from) {
    this.from = from;
  }
}
