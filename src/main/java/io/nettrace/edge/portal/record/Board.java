package io.nettrace.edge.portal.record;

import io.nettrace.catalog.CustomTarget;
import io.nettrace.catalog.CustomTargets;
import io.nettrace.catalog.Target;
import io.nettrace.catalog.Targets;
import io.nettrace.edge.portal.AddressParameters;
import io.nettrace.edge.portal.OpenFault;
import io.nettrace.edge.portal.Visit;
import io.nettrace.platform.Service;
import io.nettrace.route.EventRange;
import io.nettrace.sample.DefaultVantagePoints;
import io.nettrace.sample.Latest;
import io.nettrace.sample.OwnStandings;
import io.nettrace.sample.Snapshot;
import io.nettrace.sample.Standing;
import io.nettrace.scan.RecordOf;
import io.nettrace.scan.VantageFaults;
import io.nettrace.scan.VantagePoint;
import io.nettrace.scanner.OwnFault;
import io.nettrace.signal.DeviationJudge;
import io.nettrace.signal.Suspicion;
import io.nettrace.signal.VantageEvent;
import io.nettrace.signal.VantageEvents;
import io.nettrace.tenant.Tenant;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one place that knows which targets a visitor sees, and how they stand: the catalogue's for
 * everybody, from memory, and the tenant's own.
 */
@Service
public class Board {
  private static final int MOST_FAULTS = 1_000;

  /** One that has ended hardly ever lasted longer. */
  private static final Duration LONGEST_FAULT = Duration.ofDays(1);

  private final Targets catalogue;
  private final Latest latest;
  private final DefaultVantagePoints defaults;
  private final CustomTargets custom;
  private final OwnStandings standings;
  private final VantageFaults faults;
  private final VantageEvents faultsBefore;
  private final DeviationJudge judge;
  private final Clock clock;

  @Inject
  Board(
      Targets catalogue,
      Latest latest,
      DefaultVantagePoints defaults,
      CustomTargets custom,
      OwnStandings standings,
      VantageFaults faults,
      VantageEvents faultsBefore,
      DeviationJudge judge,
      Clock clock) {
    this.catalogue = catalogue;
    this.defaults = defaults;
    this.latest = latest;
    this.custom = custom;
    this.standings = standings;
    this.faults = faults;
    this.faultsBefore = faultsBefore;
    this.judge = judge;
    this.clock = clock;
  }

  /** The vantage points that measured anything, by name. */
  List<VantagePoint> vantagePoints() {
    return latest.snapshot().vantagePoints();
  }

  /**
   * The one that an address names, else the visitor's default; says so when there is none of the
   * name, or when the default is another than was set.
   */
  Optional<VantagePoint> from(Visit visit, @Nullable String name, AddressParameters parameters) {
    Optional<VantagePoint> named = named(name);
    if (named.isPresent()) {
      return named;
    }
    DefaultVantagePoints.Meant meant = defaults.of(visit.tenant(), latest.snapshot());
    meant.notice().ifPresent(parameters::tell);
    return parameters
        .one(
            "from",
            name,
            named,
            "shown is what %s sees"
                .formatted(
                    meant.vantagePoint().map(VantagePoint::name).orElse("the first vantage point")))
        .or(meant::vantagePoint);
  }

  /** The one that an address names; empty when it names none, and said when that is not known. */
  Optional<VantagePoint> only(@Nullable String name, AddressParameters parameters) {
    return parameters.one("from", name, named(name), "shown is what all vantage points see");
  }

  /** The name that an address gives, if it is a vantage point's; links lead on to it. */
  @Nullable String chosen(@Nullable String name) {
    return named(name).map(VantagePoint::name).orElse(null);
  }

  /** Faults of a vantage point that last. */
  List<OpenFault> ownFaults(Optional<VantagePoint> from) {
    return from.map(point -> OpenFault.of(faults.open(), point.name())).orElse(List.of());
  }

  /** When nothing was measured from there in this range, for a fault of its own. */
  List<Unmeasured> unmeasured(Optional<VantagePoint> from, Span span) {
    if (from.isEmpty()) {
      return List.of();
    }
    Optional<String> name = from.map(VantagePoint::name);
    Instant start = span.start().minus(LONGEST_FAULT);
    Stream<VantageEvent> recorded =
        faultsBefore
            .list(
                new EventRange(Optional.empty(), name, start, span.end()),
                Optional.empty(),
                MOST_FAULTS)
            .stream();
    Stream<OwnFault> open =
        faults.open().stream()
            .filter(one -> name.equals(Optional.of(one.vantagePoint())))
            .map(VantageFaults.Fault::fault);
    return Unmeasured.within(
        span, Stream.concat(recorded.map(VantageEvent::fault), open).toList(), clock.instant());
  }

  private Optional<VantagePoint> named(@Nullable String name) {
    return Optional.ofNullable(name).flatMap(latest.snapshot()::vantagePoint);
  }

  /** The one of this name, else the tenant's default; empty until anything is measured. */
  Optional<VantagePoint> from(Optional<Tenant> tenant, Optional<String> name) {
    Snapshot snapshot = latest.snapshot();
    return name.flatMap(snapshot::vantagePoint)
        .or(() -> defaults.of(tenant, snapshot).vantagePoint());
  }

  /** Everything that is in the catalogue. */
  List<ShownTargetState> catalogue(Optional<VantagePoint> from) {
    Snapshot snapshot = latest.snapshot();
    return catalogue.all().stream().map(target -> watched(target, snapshot, from)).toList();
  }

  /** The tenant's own targets. */
  List<ShownTargetState> own(Tenant tenant, Optional<VantagePoint> from) {
    Snapshot snapshot = standings.of(tenant);
    return custom.all(tenant).stream().map(own -> watched(tenant, own, snapshot, from)).toList();
  }

  /** All that the visitor sees, the catalogue's first. */
  List<ShownTargetState> all(Visit visit, Optional<VantagePoint> from) {
    Stream<ShownTargetState> shared = catalogue(from).stream();
    return visit.hasOwnTargets()
        ? Stream.concat(shared, own(visit.ofTenant(), from).stream()).toList()
        : shared.toList();
  }

  /** The target with this host or id, if the visitor sees one. */
  Optional<ShownTargetState> find(Visit visit, String hostOrId, Optional<VantagePoint> from) {
    return catalogue
        .byHost(hostOrId)
        .or(() -> catalogue.byId(hostOrId))
        .map(target -> watched(target, latest.snapshot(), from))
        .or(
            () ->
                visit.hasOwnTargets()
                    ? findOwn(visit.ofTenant(), hostOrId, from)
                    : Optional.empty());
  }

  /** All records that the visitor sees. */
  List<RecordOf> records(Visit visit) {
    return visit.hasOwnTargets()
        ? List.of(RecordOf.CATALOGUE, new RecordOf.Own(visit.ofTenant()))
        : List.of(RecordOf.CATALOGUE);
  }

  private Optional<ShownTargetState> findOwn(
      Tenant tenant, String hostOrId, Optional<VantagePoint> from) {
    Optional<CustomTarget> byId =
        hostOrId.startsWith(CustomTarget.PREFIX) ? custom.find(tenant, hostOrId) : Optional.empty();
    return byId.or(() -> custom.byHost(tenant, hostOrId).stream().findFirst())
        .map(own -> watched(tenant, own, standings.of(tenant), from));
  }

  private ShownTargetState watched(Target target, Snapshot snapshot, Optional<VantagePoint> from) {
    Optional<Standing> standing = standing(snapshot, target.id(), from);
    return ShownTargetState.of(target, standing, suspicion(standing));
  }

  private ShownTargetState watched(
      Tenant tenant, CustomTarget own, Snapshot snapshot, Optional<VantagePoint> from) {
    Optional<Standing> standing = standing(snapshot, own.id(), from);
    return ShownTargetState.of(tenant, own, standing, suspicion(standing));
  }

  private Optional<Suspicion> suspicion(Optional<Standing> standing) {
    return standing.flatMap(
        known ->
            known
                .burst()
                .flatMap(burst -> judge.suspicion(known.targetId(), known.vantagePoint(), burst)));
  }

  private static Optional<Standing> standing(
      Snapshot snapshot, String targetId, Optional<VantagePoint> from) {
    return from.flatMap(point -> snapshot.standing(targetId, point));
  }
}
