package io.nettrace.edge.api.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.nettrace.apikey.ApiKey;
import io.nettrace.apikey.KeyKind;
import io.nettrace.catalog.CustomTarget;
import io.nettrace.catalog.CustomTargets;
import io.nettrace.catalog.TargetDraft;
import io.nettrace.catalog.TargetKit;
import io.nettrace.catalog.TargetOutcome;
import io.nettrace.catalog.Targets;
import io.nettrace.catalog.WatchList;
import io.nettrace.catalog.WatchListOutcome;
import io.nettrace.catalog.WatchLists;
import io.nettrace.desk.Caller;
import io.nettrace.desk.Desk;
import io.nettrace.desk.Horizon;
import io.nettrace.edge.api.http.ApiCaller;
import io.nettrace.edge.api.http.ApiJson;
import io.nettrace.edge.api.http.Cursors;
import io.nettrace.edge.api.http.OwnCursors;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.edge.api.http.ReadsKit;
import io.nettrace.geo.PlacesKit;
import io.nettrace.identity.Permission;
import io.nettrace.metric.Protocol;
import io.nettrace.plan.Plans;
import io.nettrace.platform.Signals;
import io.nettrace.platform.Sql;
import io.nettrace.route.RoutesKit;
import io.nettrace.sample.BurstSample;
import io.nettrace.sample.History;
import io.nettrace.sample.KnownPage;
import io.nettrace.sample.KnownPosition;
import io.nettrace.sample.Position;
import io.nettrace.sample.RecordKit;
import io.nettrace.sample.RecordedBurst;
import io.nettrace.sample.Records;
import io.nettrace.scan.AskedTraces;
import io.nettrace.scan.RecordOf;
import io.nettrace.scan.VantagePoint;
import io.nettrace.signal.Deviations;
import io.nettrace.signal.EventFeed;
import io.nettrace.signal.VantageEvents;
import io.nettrace.tenant.AllowedOrigins;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.TenantKit;
import io.nettrace.tenant.TenantSettings;
import io.nettrace.testing.Actors;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What two tenants see that have the same host measured, as the resources find it for them. */
class OwnTargetsIT {
  private static final String HOST = "edge.example.com";
  private static final String NYSE = "www.nyse.com";
  private static final int BURSTS = 6;
  private static final Duration DAY = Duration.ofDays(1);

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final Clock clock = Clock.fixed(now, ZoneOffset.UTC);
  private final Plans plans = new Plans();
  private final Cursors cursors = new Cursors("a secret of this test's own, long enough", clock);
  private TenantKit kit;
  private RecordKit record;
  private CustomTargets custom;
  private WatchLists lists;
  private Subjects subjects;
  private ApiCaller acme;
  private ApiCaller other;
  private TenantSettings settings;
  private CustomTarget acmes;
  private CustomTarget others;

  @BeforeEach
  void open() {
    kit = new TenantKit();
    TargetKit targets = new TargetKit(kit);
    custom = targets.targets();
    lists = targets.watchLists();
    acme = caller(kit.tenant("acme"), "enterprise-pro");
    other = caller(kit.tenant("other"), "enterprise-pro");
    acmes = target(acme, HOST, 443);
    others = target(other, HOST, 443);
    settings = new TenantSettings(kit.database, new Signals(kit.database), clock);
    record = new RecordKit(kit.database, kit.walls, RecordKit.NO_ROUTES);
    record.bursts("nyse", NYSE, now.minusSeconds(60), Duration.ofSeconds(1), 1);
    measured(acme, acmes, 0);
    measured(other, others, 3);
    subjects =
        new Subjects(
            new Targets(Optional.empty()),
            record.latest(),
            custom,
            record.standings(targets.scheduled(), clock),
            record.defaults(settings),
            new TargetFilters(lists, new Desk(plans, clock), ReadsKit.reads()),
            ReadsKit.reads());
  }

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void twoTenantsWithTheSameHostEachSeeTheirOwn() {
    JsonNode mine = latency(acme, HOST);
    JsonNode theirs = latency(other, HOST);
    assertThat(mine.path("target_id").asText()).isEqualTo(acmes.id());
    assertThat(theirs.path("target_id").asText()).isEqualTo(others.id());
    assertThat(mine.path("category").asText()).isEqualTo("custom");
    assertThat(mine.at("/burst/rtt_ms/p50").asDouble())
        .isNotEqualTo(theirs.at("/burst/rtt_ms/p50").asDouble());
    assertThat(latency(acme, acmes.id())).isEqualTo(mine);
  }

  @Test
  void whereNoneIsNamedATenantSeesFromItsDefaultAndTheOthersFromTheFirst() {
    VantagePoint second = new VantagePoint("lab-second", true);
    record.bursts(second, "nyse", NYSE, now.minusSeconds(90), Duration.ofSeconds(1), 1);
    assertThat(latency(acme, "nyse").path("vantage_point").asText()).isEqualTo("lab-it");

    preferred(acme, "lab-second");

    assertThat(latency(acme, "nyse").path("vantage_point").asText()).isEqualTo("lab-second");
    assertThat(subjects.vantagePoint(acme, query(""))).contains(second);
    assertThat(subjects.vantagePoint(acme, query("vantage_point=lab-it"))).contains(RecordKit.LAB);
    assertThat(latency(other, "nyse").path("vantage_point").asText()).isEqualTo("lab-it");
    assertThat(latency(acme, acmes.id()).path("vantage_point").asText())
        .as("of its own target nothing came from there")
        .isEqualTo("lab-it");
    assertRefused(404, () -> subjects.vantagePoint(acme, query("vantage_point=mars-1")));
  }

  @Test
  void anotherTenantsIdIsAsUnknownAsOneThatNeverWas() {
    assertRefused(404, () -> subjects.of(acme, others.id(), query("")));
    assertRefused(404, () -> subjects.of(acme, "ct-" + UUID.randomUUID(), query("")));
    assertRefused(404, () -> subjects.target(acme, others.id()));
  }

  @Test
  void aPlanWithoutTargetsOfItsOwnSeesNone() {
    ApiCaller small = caller(acme.tenant(), "pro");
    assertRefused(404, () -> subjects.of(small, HOST, query("")));
    assertRefused(404, () -> subjects.of(small, acmes.id(), query("")));
    assertThat(subjects.seen(small, query(""), Optional.empty()))
        .noneMatch(seen -> seen.target().category().equals("custom"));
  }

  @Test
  void theCatalogueWinsForAHostAndAnIdAlwaysWorks() {
    CustomTarget own = target(acme, NYSE, 8443);
    assertThat(subjects.target(acme, NYSE).id()).isEqualTo("nyse");
    assertThat(subjects.target(acme, "nyse").host()).isEqualTo(NYSE);
    assertThat(subjects.target(acme, own.id()).port()).isEqualTo(8443);
  }

  @Test
  void aHostWithSeveralPortsIsAskedForById() {
    CustomTarget second = target(acme, HOST, 8443);
    assertThatThrownBy(() -> subjects.target(acme, HOST))
        .hasMessageContaining(acmes.id())
        .hasMessageContaining(second.id());
    assertThat(subjects.target(other, HOST).id()).isEqualTo(others.id());
  }

  @Test
  void ownTargetsStandBesideTheCataloguesAndCanBeChosen() {
    int catalogue = subjects.ofCatalogue().size();
    assertThat(seen(acme, ""))
        .hasSize(catalogue + 1)
        .contains(acmes.id())
        .doesNotContain(others.id());
    assertThat(seen(acme, "category=custom")).containsExactly(acmes.id());
    assertThat(seen(acme, "tag=settlement")).containsExactly(acmes.id());
    assertThat(seen(acme, "tag=unheard-of")).isEmpty();
    assertThat(seen(acme, "category=exchange")).contains("nyse").doesNotContain(acmes.id());
    assertThat(subjects.seen(acme, query("category=custom"), Optional.of(RecordKit.LAB)))
        .allMatch(seen -> seen.standing().isPresent());
  }

  @Test
  void aWatchListChoosesAndIsItsTenantsOnly() {
    WatchList list =
        ((WatchListOutcome.Saved)
                lists.create(Actors.TEST, acme.tenant(), "close", List.of("nyse", acmes.id())))
            .list();
    assertThat(seen(acme, "watch_list=" + list.id())).containsExactly("nyse", acmes.id());
    assertRefused(404, () -> seen(other, "watch_list=" + list.id()));
    assertRefused(400, () -> seen(acme, "watch_list=close"));
    assertRefused(403, () -> seen(caller(acme.tenant(), "free"), "watch_list=" + list.id()));
  }

  @Test
  void aCursorGoesOnWhereItsOwnTenantsPageEndedAndIsForeignToAnother() {
    Subject mine = subjects.of(acme, HOST, query(""));
    BurstListing first = listing(acme, mine, "limit=2");
    List<BurstSample> page = bursts(first);
    String cursor = first.after(position(page.getLast()), own(acme));
    List<BurstSample> second = bursts(listing(acme, mine, "limit=500&cursor=" + cursor));
    assertThat(second).hasSize(BURSTS - 2).doesNotContainAnyElementsOf(page);
    Subject theirs = subjects.of(other, HOST, query(""));
    assertRefused(400, () -> listing(other, theirs, "cursor=" + cursor));
  }

  @Test
  void eventsAreReadFromTheRecordsThatTheCallerSees() {
    assertThat(events(acme, "").records())
        .containsExactly(RecordOf.CATALOGUE, new RecordOf.Own(acme.tenant()));
    assertThat(events(acme, "host=" + NYSE).records()).containsExactly(RecordOf.CATALOGUE);
    assertThat(events(acme, "host=" + HOST).ranges())
        .allMatch(range -> range.whose().equals(new RecordOf.Own(acme.tenant())))
        .allMatch(range -> range.targetId().equals(Optional.of(acmes.id())));
    assertThat(events(caller(acme.tenant(), "pro"), "").records())
        .containsExactly(RecordOf.CATALOGUE);
  }

  @Test
  void aPollerGoesOnFromItsCursorOverBothRecordsAndTheCursorStandsStillAtTheEnd() {
    moved(RecordOf.CATALOGUE, "nyse");
    moved(new RecordOf.Own(acme.tenant()), acmes.id());
    List<String> seen = new ArrayList<>();
    String cursor = poll("order=known_at&limit=1", seen);
    cursor = poll("limit=1&cursor=" + cursor, seen);
    assertThat(seen).containsExactlyInAnyOrder("nyse", acmes.id());
    String end = poll("cursor=" + cursor, seen);
    assertThat(poll("cursor=" + end, seen)).isEqualTo(end);
    moved(RecordOf.CATALOGUE, "lse");
    String _ = poll("cursor=" + end, seen);
    assertThat(seen).hasSize(3).endsWith("lse");
    assertRefused(400, () -> events(other, "cursor=" + end));
    assertRefused(400, () -> events(acme, "order=known_at&start=2026-01-01T00:00:00Z"));
    assertRefused(400, () -> events(acme, "order=at&known_after=2026-01-01T00:00:00Z"));
    assertRefused(400, () -> events(acme, "order=known_at&cursor=" + end));
  }

  @Test
  void aPollerOfHistorySeesItsOwnTenantsBurstsOnceAndItsCursorIsForeignToAnother() {
    Subject mine = subjects.of(acme, HOST, query(""));
    KnownListing begun = known(acme, mine, "order=known_at&limit=4").orElseThrow();
    KnownPage<RecordedBurst> first = polled(begun);
    assertThat(first.more()).isTrue();
    String cursor = begun.cursor(Optional.of(first.items().getLast().position()), own(acme));
    KnownListing resumed = known(acme, mine, "limit=4&cursor=" + cursor).orElseThrow();
    KnownPage<RecordedBurst> second = polled(resumed);
    assertThat(second.items()).hasSize(BURSTS - 4).doesNotContainAnyElementsOf(first.items());
    String end = resumed.cursor(Optional.of(second.items().getLast().position()), own(acme));
    KnownListing still = known(acme, mine, "cursor=" + end).orElseThrow();
    assertThat(polled(still).items()).isEmpty();
    assertThat(still.cursor(Optional.empty(), own(acme))).isEqualTo(end);
    measured(other, others, 1);
    record.bursts("nyse", NYSE, now, Duration.ofSeconds(1), 1);
    assertThat(polled(still).items()).isEmpty();
    record.ownBursts(acme.tenant(), acmes.id(), HOST, now, Duration.ofSeconds(1), 1);
    assertThat(polled(still).items()).hasSize(1);

    Subject theirs = subjects.of(other, HOST, query(""));
    assertRefused(
        400,
        () ->
            BurstListing.of(
                "history", query("cursor=" + end), theirs, DAY, own(other), times(other)));
    assertThat(known(other, theirs, "cursor=" + end)).isEmpty();
    Subject nyse = subjects.of(acme, NYSE, query(""));
    assertRefused(400, () -> known(acme, nyse, "cursor=" + end));
    assertRefused(400, () -> known(acme, mine, "order=known_at&as_of=2026-01-01T00:00:00Z"));
    assertThat(known(acme, mine, "")).isEmpty();
  }

  @Test
  void aPollerThatStoodStillForLongerThanItsPlanShowsIsNotRefused() {
    TimeParameters later =
        new TimeParameters(
            new Horizon(plans.byName("free").orElseThrow(), plans, now.plus(DAY).plus(DAY)));
    Subject nyse = subjects.of(acme, NYSE, query(""));
    String history =
        known(acme, nyse, "order=known_at").orElseThrow().cursor(Optional.empty(), own(acme));
    KnownListing resumed =
        KnownListing.of("history", query("cursor=" + history), nyse, DAY, own(acme), later)
            .orElseThrow();
    assertThat(resumed.knownAfter()).isEqualTo(later.notBefore(now));
    assertThat(resumed.from()).isEqualTo(KnownPosition.after(resumed.knownAfter()));
    assertThat(resumed.cursor(Optional.empty(), own(acme))).isEqualTo(history);
    String events = events(acme, "order=known_at").feedCursor(Optional.empty(), own(acme));
    EventListing all = EventListing.of(query("cursor=" + events), acme, subjects, own(acme), later);
    assertThat(all.knownAfter()).isEqualTo(later.notBefore(now));
    assertThat(all.feedCursor(Optional.empty(), own(acme))).isEqualTo(events);
  }

  @Test
  void aCursorGoesOnFromItsVantagePointAndTheAnswerSaysSoWhateverTheDefaultIsNow() {
    Subject before = subjects.of(acme, NYSE, query(""));
    KnownListing feed = known(acme, before, "order=known_at").orElseThrow();
    BurstListing range = BurstListing.of("history", query(""), before, DAY, own(acme), times(acme));
    String ofFeed = "cursor=" + feed.cursor(Optional.empty(), own(acme));
    String ofRange = "cursor=" + range.after(new Position(now, "ICMP", "192.0.2.1"), own(acme));
    VantagePoint second = new VantagePoint("real-second", false);
    record.bursts(second, "nyse", NYSE, now.minusSeconds(1), Duration.ofSeconds(1), 1);
    preferred(acme, second.name());
    for (String text : List.of(ofFeed, ofRange)) {
      QueryParameters query = query(text);
      Subject subject =
          subjects.of(acme, NYSE, query, BurstListing.vantagePoint("history", query, own(acme)));
      assertThat(subject.vantagePoint()).isEqualTo(RecordKit.LAB);
      assertTold(RecordKit.LAB.name(), Optional.empty());
    }
    assertThat(subjects.of(acme, NYSE, query("")).vantagePoint()).isEqualTo(second);
    assertTold(second.name(), Optional.empty());
    record.bursts(second, "nyse", NYSE, now.plus(DAY).plus(DAY), Duration.ofSeconds(1), 1);
    QueryParameters query = query(ofFeed);
    Subject retired =
        subjects.of(acme, NYSE, query, BurstListing.vantagePoint("history", query, own(acme)));
    assertThat(retired.vantagePoint()).isEqualTo(RecordKit.LAB);
    assertTold(
        RecordKit.LAB.name(),
        Optional.of(
            "Vantage point lab-it, which the cursor names, has measured nothing for a day; shown is"
                + " what it saw."));
  }

  private void preferred(ApiCaller caller, String vantagePoint) {
    assertThat(
            settings.put(
                Actors.TEST,
                caller.tenant().id(),
                Optional.of(vantagePoint),
                new AllowedOrigins.Good(List.of()),
                OptionalInt.of(0),
                "test"))
        .isPresent();
  }

  private void assertTold(String vantagePoint, Optional<String> notice) {
    MultivaluedMap<String, Object> headers = ReadsKit.headers(acme.notes());
    assertThat(headers.getFirst("NetTrace-Vantage-Point")).isEqualTo(vantagePoint);
    assertThat(Optional.ofNullable(headers.getFirst("NetTrace-Notice"))).isEqualTo(notice);
  }

  private Optional<KnownListing> known(ApiCaller caller, Subject subject, String query) {
    return KnownListing.of("history", query(query), subject, DAY, own(caller), times(caller));
  }

  private KnownPage<RecordedBurst> polled(KnownListing listing) {
    return record.feed().bursts(listing.selection(), listing.from(), listing.limit());
  }

  private String poll(String query, List<String> seen) {
    EventListing listing = events(acme, query);
    EventReads.Polled polled = reads().poll(listing);
    polled.events().forEach(event -> seen.add(event.view().targetId()));
    return listing.feedCursor(polled.last(), own(acme));
  }

  private EventReads reads() {
    Records records = record.records();
    RoutesKit routes =
        new RoutesKit(
            kit.database,
            kit.walls,
            PlacesKit.labOnly(kit.database),
            new AskedTraces(kit.database));
    return new EventReads(
        routes.changes(),
        new Deviations(kit.database),
        routes.moves(),
        new VantageEvents(kit.database),
        new EventFeed(records));
  }

  private void moved(RecordOf whose, String targetId) {
    int _ =
        record
            .records()
            .<Integer>transaction(
                whose,
                tx ->
                    Sql.of(
                            """
                            insert into edge_moves
                              (observed_at, target_id, vantage_point, target_host, simulated,
                               known_at, kind, addresses_before, addresses_after, returned)
                            values (:observed_at, :target_id, 'lab-it', 'h', true, :known_at,
                              'ANSWER_SET', '{}', '{}', false)
                            """)
                        .bind("observed_at", now)
                        .bind("target_id", targetId)
                        .bind("known_at", now)
                        .update(tx.connection()));
  }

  private JsonNode latency(ApiCaller caller, String hostOrId) {
    return ApiJson.tree(LatencyView.of(subjects.of(caller, hostOrId, query(""))));
  }

  private List<String> seen(ApiCaller caller, String query) {
    return subjects.seen(caller, query(query), Optional.empty()).stream()
        .map(seen -> seen.target().id())
        .toList();
  }

  private EventListing events(ApiCaller caller, String query) {
    return EventListing.of(query(query), caller, subjects, own(caller), times(caller));
  }

  private BurstListing listing(ApiCaller caller, Subject subject, String query) {
    return BurstListing.of(
        "history", query(query), subject, Duration.ofDays(1), own(caller), times(caller));
  }

  private List<BurstSample> bursts(BurstListing listing) {
    History history = record.history();
    return history
        .bursts(listing.selection(), listing.asOf(), listing.position(), listing.limit())
        .stream()
        .map(RecordedBurst::burst)
        .toList();
  }

  private static Position position(BurstSample burst) {
    return new Position(
        burst.observedAt(), burst.method().name(), burst.address().getHostAddress());
  }

  private OwnCursors own(ApiCaller caller) {
    return cursors.of(caller.tenant().id());
  }

  private TimeParameters times(ApiCaller caller) {
    return new TimeParameters(new Horizon(caller.plan(), plans, now.plusSeconds(1)));
  }

  private CustomTarget target(ApiCaller caller, String host, int port) {
    TargetDraft draft =
        new TargetDraft(
            host,
            port,
            List.of(Protocol.TCP),
            "Edge",
            List.of("settlement"),
            Duration.ofMinutes(1),
            false);
    TargetOutcome outcome =
        custom.create(Actors.TEST, caller.tenant(), TargetKit.AMPLE, draft, "somebody");
    return ((TargetOutcome.Saved) outcome).target();
  }

  /** {@code more} bursts, each slower than the one before, so that no two measure the same. */
  private void measured(ApiCaller caller, CustomTarget target, int more) {
    record.ownBursts(
        caller.tenant(),
        target.id(),
        target.host(),
        now.minusSeconds(60),
        Duration.ofSeconds(1),
        BURSTS + more);
  }

  private ApiCaller caller(Tenant tenant, String plan) {
    Set<Permission> all = EnumSet.allOf(Permission.class);
    ApiKey key =
        new ApiKey(
            UUID.randomUUID(),
            tenant.id(),
            "test",
            KeyKind.LIVE,
            all,
            List.of(),
            "ntk_live_abcd",
            "wxyz",
            Optional.empty(),
            Optional.empty(),
            now,
            now.plusSeconds(3600),
            Optional.empty());
    return new ApiCaller(
        new Caller(
            Optional.of(tenant), new Caller.Credential.Key(key), plans.byName(plan).orElseThrow()),
        true);
  }

  private static void assertRefused(int status, Runnable call) {
    assertThatThrownBy(call::run)
        .satisfies(thrown -> assertThat(ReadsKit.problem(thrown).status()).isEqualTo(status));
  }

  /** A request's query. */
  static QueryParameters query(String text) {
    MultivaluedMap<String, String> values = new MultivaluedHashMap<>();
    Arrays.stream(text.split("&", -1))
        .filter(pair -> !pair.isEmpty())
        .map(pair -> pair.split("=", 2))
        .forEach(pair -> values.add(pair[0], pair[1]));
    URI address = URI.create("http://localhost/api/v1/x" + (text.isEmpty() ? "" : "?" + text));
    UriInfo info =
        (UriInfo)
            Proxy.newProxyInstance(
                OwnTargetsIT.class.getClassLoader(),
                new Class<?>[] {UriInfo.class},
                (_, method, _) ->
                    switch (method.getName()) {
                      case "getRequestUri" -> address;
                      case "getQueryParameters" -> values;
                      default -> throw new UnsupportedOperationException(method.getName());
                    });
    return QueryParameters.of(info, List.copyOf(values.keySet()));
  }
}
