package io.nettrace.edge.portal.record;

import io.nettrace.edge.portal.DisplayFormat;
import io.nettrace.edge.portal.Once;
import io.nettrace.edge.portal.Page;
import io.nettrace.edge.portal.PageAddress;
import io.nettrace.edge.portal.Visit;
import io.nettrace.geo.Places;
import io.nettrace.plan.Entitlement;
import io.nettrace.route.PathAt;
import io.nettrace.route.RoutePaths;
import io.nettrace.sample.Standing;
import io.nettrace.sample.TraceSample;
import io.nettrace.scan.VantagePoint;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The way to a target at any moment, and how it differs between two. */
@Page
public class TimeMachine {
  @Inject TargetPage page;
  @Inject TargetParameters parameters;
  @Inject RoutePaths paths;
  @Inject Places places;
  @Inject Visit visit;
  @Inject Clock clock;

  private @Nullable PathAt path;
  private boolean pathRead;

  /** The path in force at the moment chosen, or now. */
  public Optional<PathAt> path() {
    if (!pathRead && visit.has(Entitlement.ROUTES)) {
      path = pathAt(moment()).orElse(null);
      pathRead = true;
    }
    return Optional.ofNullable(path);
  }

  /** When the newest trace was, if the path of now was kept from an earlier one. */
  public @Nullable Instant tracedLast() {
    return path()
        .filter(_ -> !isPast())
        .flatMap(
            kept ->
                page.target()
                    .standing()
                    .flatMap(Standing::trace)
                    .map(TraceSample::observedAt)
                    .filter(newest -> newest.isAfter(kept.snapshot().observedAt())))
        .orElse(null);
  }

  @Once
  public List<HopRow> hops() {
    return path().map(kept -> rows(kept)).orElse(List.of());
  }

  /** The places that the path passes, for the map. */
  public String map() {
    Optional<VantagePoint> point = page.seenFrom();
    return WorldMap.ofPath(
        point.map(VantagePoint::name).orElse(""),
        point.flatMap(one -> places.vantagePlace(one.simulated())),
        hops());
  }

  public String asPath() {
    return path()
        .map(
            kept ->
                kept.asPath().stream()
                    .map(step -> ("AS" + step.asn() + " " + step.name().orElse("")).strip())
                    .collect(Collectors.joining("  →  ")))
        .orElse("");
  }

  /** The moment whose path is shown; now unless one was chosen. */
  public Instant moment() {
    return parameters.at().orElseGet(clock::instant);
  }

  public boolean isPast() {
    return parameters.at().isPresent();
  }

  public String momentField() {
    return field(moment());
  }

  /** The route changes of the range, the oldest first: where the time machine stops. */
  @Once
  public List<ChangeRow> stops() {
    return page.changes().stream()
        .filter(one -> one.type().equals(ChangeRow.ROUTE))
        .toList()
        .reversed();
  }

  public String stopAddress(ChangeRow stop) {
    return page.query().with("at", stop.at()) + "#path";
  }

  /** The way back to now. */
  public String nowAddress() {
    return page.query().without("at") + "#path";
  }

  /** What the form for a moment carries on. */
  public List<PageAddress.Parameter> machineCarries() {
    return page.query().without("at").parameters();
  }

  /** What the form for two moments carries on. */
  public List<PageAddress.Parameter> diffCarries() {
    return page.query().without("a", "b").parameters();
  }

  /** Two moments to compare: those chosen, else just before and after the newest route change. */
  public String fieldA() {
    return parameters.a().map(TimeMachine::field).orElseGet(() -> field(beforeNewest()));
  }

  public String fieldB() {
    return parameters.b().map(TimeMachine::field).orElseGet(() -> field(clock.instant()));
  }

  public boolean isCompared() {
    return parameters.a().isPresent() && parameters.b().isPresent();
  }

  /** The two paths beside each other; empty when one of them is not kept. */
  @Once
  public List<DiffRow> diff() {
    if (!isCompared() || !visit.has(Entitlement.ROUTES)) {
      return List.of();
    }
    Optional<PathAt> before = parameters.a().flatMap(this::pathAt);
    Optional<PathAt> after = parameters.b().flatMap(this::pathAt);
    if (before.isEmpty() || after.isEmpty()) {
      return List.of();
    }
    VantagePoint point = page.seenFrom().orElseThrow();
    return paths.diff(before.get(), after.get(), point).steps().stream()
        .map(step -> DiffRow.of(step, places, point.simulated()))
        .toList();
  }

  public String routeCurl() {
    return "routes/" + page.host() + (isPast() ? "?at=" + moment() : "");
  }

  private List<HopRow> rows(PathAt kept) {
    boolean simulated = page.seenFrom().orElseThrow().simulated();
    return kept.snapshot().hops().stream().map(hop -> HopRow.of(hop, places, simulated)).toList();
  }

  private Optional<PathAt> pathAt(Instant when) {
    return page.seenFrom()
        .flatMap(point -> paths.at(page.target().whose(), page.target().id(), point, when));
  }

  private static String field(Instant instant) {
    return DisplayFormat.field(instant, ChronoUnit.SECONDS);
  }

  private Instant beforeNewest() {
    return page.changes().stream()
        .filter(one -> one.type().equals(ChangeRow.ROUTE))
        .findFirst()
        .map(one -> one.at().minusSeconds(1))
        .orElseGet(() -> page.span().start());
  }
}
