package io.nettrace.edge.api.v1;

import io.nettrace.catalog.CustomTarget;
import io.nettrace.catalog.CustomTargets;
import io.nettrace.catalog.Targets;
import io.nettrace.desk.RecordReads;
import io.nettrace.edge.api.http.ApiCaller;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.plan.Entitlement;
import io.nettrace.platform.Service;
import io.nettrace.sample.DefaultVantagePoints;
import io.nettrace.sample.Latest;
import io.nettrace.sample.OwnStandings;
import io.nettrace.sample.Snapshot;
import io.nettrace.sample.Standing;
import io.nettrace.scan.RecordOf;
import io.nettrace.scan.VantagePoint;
import io.nettrace.tenant.Tenant;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one place that finds what a request asks about, for everybody in the catalogue and for each
 * caller in its own targets. A host name that both have is the catalogue's; an id is always only
 * one target's. What is in the catalogue is answered from memory.
 */
@Service
public class Subjects {
  private final Targets catalogue;
  private final List<ShownTarget> shown;
  private final Map<String, ShownTarget> byId;
  private final Latest latest;
  private final CustomTargets custom;
  private final OwnStandings standings;
  private final DefaultVantagePoints defaults;
  private final TargetFilters filters;
  private final RecordReads reads;

  /** A target and how it stands, if it was ever measured from there. */
  record Seen(ShownTarget target, Optional<Standing> standing) {}

  @Inject
  Subjects(
      Targets catalogue,
      Latest latest,
      CustomTargets custom,
      OwnStandings standings,
      DefaultVantagePoints defaults,
      TargetFilters filters,
      RecordReads reads) {
    this.catalogue = catalogue;
    this.shown = catalogue.all().stream().map(ShownTarget::of).toList();
    this.byId =
        shown.stream().collect(Collectors.toUnmodifiableMap(ShownTarget::id, Function.identity()));
    this.latest = latest;
    this.custom = custom;
    this.standings = standings;
    this.defaults = defaults;
    this.filters = filters;
    this.reads = reads;
  }

  /** Finds it, or refuses: it must be measured, from where the query says or anywhere. */
  Subject of(ApiCaller caller, String hostOrId, QueryParameters query) {
    return of(caller, hostOrId, query, Optional.empty());
  }

  /** The same, from where a cursor says, which goes before the query and before any default. */
  Subject of(ApiCaller caller, String hostOrId, QueryParameters query, Optional<String> ofCursor) {
    ShownTarget target = target(caller, hostOrId);
    Snapshot snapshot = snapshot(caller, target.whose());
    VantagePoint from =
        ofCursor
            .map(name -> goneOnFrom(caller, name, query, snapshot))
            .or(() -> vantagePoint(caller, query, snapshot))
            .orElseThrow(() -> Refusals.notMeasuredYet(target.host()));
    return new Subject(target, from, snapshot.standing(target.id(), from));
  }

  /** The target with this host or id; refused when the caller sees none. */
  ShownTarget target(ApiCaller caller, String hostOrId) {
    return ofCatalogue(hostOrId).orElseGet(() -> ofCaller(caller, hostOrId));
  }

  /** Everything that the catalogue has. */
  List<ShownTarget> ofCatalogue() {
    return shown;
  }

  /** The targets that a query chooses, the catalogue's first, as they stand seen from there. */
  List<Seen> seen(ApiCaller caller, QueryParameters query, Optional<VantagePoint> from) {
    TargetFilter filter = filters.of(caller, query);
    Stream<Seen> all = shown.stream().map(target -> seen(target, latest.snapshot(), from));
    if (filter.maybeOwn() && hasOwn(caller)) {
      Snapshot own = snapshot(caller, new RecordOf.Own(caller.tenant()));
      all = Stream.concat(all, own(caller).stream().map(target -> seen(target, own, from)));
    }
    return all.filter(seen -> filter.takes(seen.target())).toList();
  }

  /** The vantage point that a query means where it does not mean one target. */
  Optional<VantagePoint> vantagePoint(ApiCaller caller, QueryParameters query) {
    return vantagePoint(caller, query, latest.snapshot());
  }

  /** The one that was asked for, else the caller's default; empty before the first scan. */
  private Optional<VantagePoint> vantagePoint(
      ApiCaller caller, QueryParameters query, Snapshot snapshot) {
    Optional<String> asked = query.text("vantage_point");
    if (asked.isPresent()) {
      return Optional.of(named(asked.get(), snapshot));
    }
    DefaultVantagePoints.Meant meant = defaults.of(caller.actsFor(), snapshot);
    caller.notes().tell(meant);
    return meant.vantagePoint();
  }

  /** What a cursor names; the caller is told where its query does not say the same. */
  private VantagePoint goneOnFrom(
      ApiCaller caller, String name, QueryParameters query, Snapshot snapshot) {
    VantagePoint point = named(name, snapshot);
    if (!query.text("vantage_point").equals(Optional.of(name))) {
      caller.notes().tell(defaults.goneOnFrom(point, snapshot));
    }
    return point;
  }

  private static VantagePoint named(String name, Snapshot snapshot) {
    return snapshot
        .vantagePoint(name)
        .orElseThrow(
            () ->
                Refusals.unknownVantagePoint(
                    name, snapshot.vantagePoints().stream().map(VantagePoint::name).toList()));
  }

  /** All records that the caller sees. */
  List<RecordOf> records(ApiCaller caller) {
    return hasOwn(caller)
        ? List.of(RecordOf.CATALOGUE, new RecordOf.Own(caller.tenant()))
        : List.of(RecordOf.CATALOGUE);
  }

  private static Seen seen(ShownTarget target, Snapshot snapshot, Optional<VantagePoint> from) {
    return new Seen(target, from.flatMap(point -> snapshot.standing(target.id(), point)));
  }

  private Optional<ShownTarget> ofCatalogue(String hostOrId) {
    return catalogue
        .byHost(hostOrId)
        .map(target -> byId.get(target.id()))
        .or(() -> Optional.ofNullable(byId.get(hostOrId)));
  }

  private ShownTarget ofCaller(ApiCaller caller, String hostOrId) {
    if (!hasOwn(caller)) {
      throw Refusals.unknownHost(hostOrId);
    }
    Tenant tenant = caller.tenant();
    List<CustomTarget> found = reads.read(caller.caller(), () -> find(tenant, hostOrId));
    if (found.size() > 1) {
      throw Refusals.severalTargets(hostOrId, found.stream().map(CustomTarget::id).toList());
    }
    return found.stream()
        .findFirst()
        .map(own -> ShownTarget.of(tenant, own))
        .orElseThrow(() -> Refusals.unknownHost(hostOrId));
  }

  private List<CustomTarget> find(Tenant tenant, String hostOrId) {
    Optional<CustomTarget> byId =
        hostOrId.startsWith(CustomTarget.PREFIX) ? custom.find(tenant, hostOrId) : Optional.empty();
    return byId.map(List::of).orElseGet(() -> custom.byHost(tenant, hostOrId));
  }

  private List<ShownTarget> own(ApiCaller caller) {
    Tenant tenant = caller.tenant();
    return reads.read(caller.caller(), () -> custom.all(tenant)).stream()
        .map(own -> ShownTarget.of(tenant, own))
        .toList();
  }

  private Snapshot snapshot(ApiCaller caller, RecordOf whose) {
    return switch (whose) {
      case RecordOf.Catalogue _ -> latest.snapshot();
      case RecordOf.Own(Tenant tenant) -> reads.read(caller.caller(), () -> standings.of(tenant));
    };
  }

  private static boolean hasOwn(ApiCaller caller) {
    return caller.plan().has(Entitlement.CUSTOM_TARGETS) && caller.tenant().placement().isPresent();
  }
}
