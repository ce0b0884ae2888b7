package io.nettrace.edge.portal.record;

import io.nettrace.desk.Action;
import io.nettrace.desk.Horizons;
import io.nettrace.edge.portal.DisplayFormat;
import io.nettrace.edge.portal.Guarded;
import io.nettrace.edge.portal.Once;
import io.nettrace.edge.portal.OpenFault;
import io.nettrace.edge.portal.Page;
import io.nettrace.edge.portal.PageAddress;
import io.nettrace.edge.portal.PageNotFoundException;
import io.nettrace.edge.portal.Visit;
import io.nettrace.plan.Entitlement;
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
  @Inject ChangeRows happenings;
  @Inject TargetParameters parameters;
  @Inject Horizons horizons;
  @Inject Visit visit;
  @Inject Clock clock;

  private @Nullable ShownTargetState target;
  private @Nullable List<ChangeRow> changes;

  /** Finds the target before anything is drawn. */
  @Guarded(Action.READ_LATENCY)
  public void open() {
    parameters.check();
    target =
        visit
            .named()
            .flatMap(name -> board.find(visit, name.toLowerCase(Locale.ROOT), seenFrom()))
            .orElseThrow(PageNotFoundException::new);
  }

  public String name() {
    return target().name();
  }

  public String id() {
    return target().id();
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
    return parameters.from();
  }

  /** Those of the vantage point that is looked from which last. */
  @Once
  public List<OpenFault> ownFaults() {
    return board.ownFaults(seenFrom());
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
                    query().without("start", "end").with("range", usual.word()).toString(),
                    usual.word().equals(span().word()),
                    usual.beyond(horizons.of(visit.known()))))
        .toList();
  }

  public String curve() {
    List<Double> marks =
        changes().stream()
            .filter(one -> !one.at().isBefore(span().start()))
            .map(one -> Curve.seconds(one.at()))
            .toList();
    return Curve.json(span(), series(), marks, unmeasured());
  }

  /** When nothing was measured from there in the range. */
  @Once
  public List<Unmeasured> unmeasured() {
    return board.unmeasured(seenFrom(), span());
  }

  /** Of when its figures are, once they are not of now any more. */
  public @Nullable Instant aged() {
    return target().aged().orElse(null);
  }

  public String spanText() {
    return DisplayFormat.duration(Duration.between(span().start(), span().end()));
  }

  public String stepText() {
    return DisplayFormat.duration(span().step());
  }

  public Instant spanStart() {
    return span().start();
  }

  public Instant spanEnd() {
    return span().end();
  }

  public boolean isDensity() {
    return parameters.isDensity();
  }

  /** This page as it is, for those to whom it is sent. */
  public String permalink() {
    return query().toString();
  }

  public String bandAddress() {
    return query().without("view").toString();
  }

  public String densityAddress() {
    return query().with("view", "density").toString();
  }

  /** The range that was zoomed out of this one; empty while nothing is zoomed into. */
  public String unzoomedAddress() {
    return span().word().isEmpty() ? query().without("start", "end").toString() : "";
  }

  /** What happened on its way in the range, the newest first. */
  public List<ChangeRow> changes() {
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
                  ChangeRows.ALL,
                  MOST_HAPPENINGS)
              : List.of();
    }
    return changes;
  }

  public String compareAddress() {
    String hosts = target().address().substring("/target/".length());
    return span()
        .in(PageAddress.to("/compare").with("hosts", hosts))
        .with("from", parameters.chosenFrom())
        .toString();
  }

  public String allChangesAddress() {
    return PageAddress.to("/changes")
        .with("host", host())
        .with("from", parameters.chosenFrom())
        .toString();
  }

  public String historyCurl() {
    return PageAddress.to("latency/%s/history".formatted(host()))
        .with("start", span().start())
        .with("end", span().end())
        .with("step", span().step().toSeconds() + "s")
        .with("vantage_point", parameters.chosenFrom())
        .toString();
  }

  public String changesCurl() {
    return PageAddress.to("changes")
        .with("host", host())
        .with("start", span().start())
        .with("end", span().end())
        .toString();
  }

  private List<Aggregate> series() {
    return seenFrom()
        .map(point -> target().during(point, span()))
        .map(selection -> history.series(selection, span().step(), Optional.empty()))
        .orElse(List.of());
  }

  Span span() {
    return parameters.span();
  }

  /** This page with all that was chosen. */
  PageAddress query() {
    return parameters.query(target().address());
  }

  ShownTargetState target() {
    if (target == null) {
      open();
    }
    return Objects.requireNonNull(target);
  }
}
