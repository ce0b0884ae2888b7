package io.nettrace.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.catalog.TargetOutcome.Limit;
import io.nettrace.metric.Protocol;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.TenantKit;
import io.nettrace.testing.Actors;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CustomTargetsIT {
  private TenantKit kit;
  private TargetKit own;
  private CustomTargets targets;
  private int tenants;

  @BeforeAll
  void open() {
    kit = new TenantKit();
    own = new TargetKit(kit);
    targets = own.targets();
  }

  @AfterAll
  void close() {
    kit.close();
  }

  @Test
  void aTargetIsAddedFoundChangedAndRemoved() {
    Tenant tenant = tenant();
    CustomTarget added = saved(create(tenant, "WWW.Example.com", 443));
    assertThat(added.id()).matches("ct-[0-9a-f-]{36}");
    assertThat(added.host()).isEqualTo("www.example.com");
    assertThat(added.tags()).containsExactly("a", "b");
    assertThat(targets.find(tenant, added.id())).contains(added);
    assertThat(targets.byHost(tenant, "www.EXAMPLE.com")).containsExactly(added);
    assertThat(own.scheduled().find(added.id()))
        .hasValueSatisfying(one -> assertThat(one.host()).isEqualTo("www.example.com"));

    TargetDraft slower =
        new TargetDraft(
            added.host(),
            443,
            List.of(Protocol.UDP),
            "slower",
            List.of(),
            Duration.ofMinutes(5),
            false);
    CustomTarget changed =
        saved(targets.replace(Actors.TEST, tenant, TargetKit.AMPLE, added.id(), 1, slower));
    assertThat(changed.version()).isEqualTo(2);
    assertThat(targets.replace(Actors.TEST, tenant, TargetKit.AMPLE, added.id(), 1, slower))
        .isEqualTo(new TargetOutcome.Stale(2));
    assertThat(own.scheduled().find(added.id()).orElseThrow().burstEvery())
        .isEqualTo(Duration.ofMinutes(5));

    assertThat(targets.remove(Actors.TEST, tenant, added.id(), OptionalInt.of(1)))
        .isEqualTo(new TargetOutcome.Stale(2));
    assertThat(targets.remove(Actors.TEST, tenant, added.id(), OptionalInt.of(2)))
        .isEqualTo(new TargetOutcome.Removed());
    assertThat(targets.remove(Actors.TEST, tenant, added.id(), OptionalInt.empty()))
        .isEqualTo(new TargetOutcome.Missing());
    assertThat(own.scheduled().find(added.id())).isEmpty();
    assertThat(count("platform.tenant_target_syncs where tenant_id = '" + tenant.id() + "'"))
        .isZero();
  }

  @Test
  void aHostOfOurOwnOrNoneAtAllIsRefusedByItsField() {
    Tenant tenant = tenant();
    for (String host : List.of("127.0.0.1", "0x7f.1", "localhost", "10.0.0.1", "::1", "fd00::1")) {
      assertThat(create(tenant, host, 443))
          .as(host)
          .isInstanceOfSatisfying(
              TargetOutcome.Invalid.class,
              invalid -> assertThat(invalid.faults().getFirst().field()).isEqualTo("host"));
    }
    assertThat(create(tenant, "198.19.0.7", 443)).isInstanceOf(TargetOutcome.Saved.class);
    assertThat(create(tenant, "2606:4700::1111", 443)).isInstanceOf(TargetOutcome.Saved.class);
  }

  @Test
  void whatIsWrongIsSaidOfEachField() {
    TargetDraft wrong =
        new TargetDraft(
            "a.example.com",
            0,
            List.of(),
            "",
            List.of("x".repeat(41)),
            Duration.ofMillis(1500),
            false);
    assertThat(targets.create(Actors.TEST, tenant(), TargetKit.AMPLE, wrong, "somebody"))
        .isInstanceOfSatisfying(
            TargetOutcome.Invalid.class,
            invalid ->
                assertThat(invalid.faults())
                    .extracting(TargetOutcome.Fault::field)
                    .containsExactly("port", "methods", "interval", "name", "tags"));
  }

  @Test
  void anImportIsAllOrNothingAndSaysWhyForEachRow() {
    Tenant tenant = tenant();
    ImportOutcome refused =
        targets.importAll(
            Actors.TEST,
            tenant,
            TargetKit.AMPLE,
            List.of(draft("a.example.com", 1), draft("bad host", 1), draft("-", 1)),
            "somebody");
    assertThat(refused)
        .isInstanceOfSatisfying(
            ImportOutcome.Refused.class,
            all -> assertThat(all.rows()).extracting(ImportOutcome.Row::row).containsExactly(1, 2));
    assertThat(targets.list(tenant, Optional.empty(), 10)).isEmpty();
    assertThat(
            targets.importAll(
                Actors.TEST,
                tenant,
                TargetKit.AMPLE,
                List.of(draft("a.example.com", 1), draft("A.example.com", 1)),
                "somebody"))
        .isEqualTo(
            new ImportOutcome.Refused(
                List.of(
                    new ImportOutcome.Row(1, new TargetOutcome.Duplicate("a.example.com", 1)))));
    List<TargetDraft> many =
        IntStream.range(0, 25).mapToObj(i -> draft("h%d.example.com".formatted(i), 1)).toList();
    assertThat(targets.importAll(Actors.TEST, tenant, TargetKit.AMPLE, many, "somebody"))
        .isInstanceOf(ImportOutcome.Imported.class);
    List<CustomTarget> paged = new ArrayList<>();
    Optional<String> after = Optional.empty();
    for (int page = 0; page < 3; page++) {
      paged.addAll(targets.list(tenant, after, 10));
      after = Optional.of(paged.getLast().id());
    }
    assertThat(paged).hasSize(25).extracting(CustomTarget::id).isSorted().doesNotHaveDuplicates();
    assertThat(own.scheduled().schedule().targets())
        .filteredOn(one -> one.tenantId().equals(tenant.id()))
        .hasSize(25);
  }

  @Test
  void thePlanBoundsCountIntervalAndPackets() {
    Tenant tenant = tenant();
    TargetLimits limits = new TargetLimits(3, Duration.ofSeconds(10), 100);
    assertThat(targets.create(Actors.TEST, tenant, limits, every("a.example.com", 5), "x"))
        .isEqualTo(new TargetOutcome.Exceeds(Limit.INTERVAL, 10, 5));
    assertThat(targets.create(Actors.TEST, tenant, limits, every("a.example.com", 10), "x"))
        .isInstanceOf(TargetOutcome.Saved.class);
    assertThat(targets.create(Actors.TEST, tenant, limits, every("b.example.com", 10), "x"))
        .isEqualTo(new TargetOutcome.Exceeds(Limit.PACKETS_PER_MINUTE, 100, 120));
    assertThat(targets.create(Actors.TEST, tenant, limits, every("b.example.com", 60), "x"))
        .isInstanceOf(TargetOutcome.Saved.class);
    assertThat(targets.create(Actors.TEST, tenant, limits, every("c.example.com", 60), "x"))
        .isInstanceOf(TargetOutcome.Saved.class);
    assertThat(targets.create(Actors.TEST, tenant, limits, every("d.example.com", 3600), "x"))
        .isEqualTo(new TargetOutcome.Exceeds(Limit.COUNT, 3, 4));
  }

  @Test
  void theCountHoldsWhenManyAddAtOnce() throws Exception {
    Tenant tenant = tenant();
    TargetLimits limits = new TargetLimits(5, Duration.ofSeconds(1), 1_000_000);
    List<Callable<TargetOutcome>> all = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      TargetDraft draft = draft("h%d.example.com".formatted(i), 1);
      all.add(() -> targets.create(Actors.TEST, tenant, limits, draft, "x"));
    }
    int saved = 0;
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (var each : threads.invokeAll(all)) {
        saved += each.get() instanceof TargetOutcome.Saved ? 1 : 0;
      }
    }
    assertThat(saved).isEqualTo(5);
    assertThat(own.scheduled().schedule().targets())
        .filteredOn(one -> one.tenantId().equals(tenant.id()))
        .hasSize(5);
  }

  @Test
  void twoTenantsWithOneHostSeeTheirOwnTargetOnly() {
    Tenant first = tenant();
    Tenant second = tenant();
    CustomTarget one = saved(create(first, "shared.example.com", 443));
    CustomTarget other = saved(create(second, "shared.example.com", 443));
    assertThat(targets.byHost(first, "shared.example.com")).containsExactly(one);
    assertThat(targets.byHost(second, "shared.example.com")).containsExactly(other);
    assertThat(targets.find(first, other.id())).isEmpty();
    assertThat(targets.remove(Actors.TEST, first, other.id(), OptionalInt.empty()))
        .isEqualTo(new TargetOutcome.Missing());
    assertThat(own.scheduled().find(other.id())).isPresent();
  }

  @Test
  void aPausedTargetATenantWithoutThePlanAndOneThatIsSuspendedAreNotScheduled() {
    Tenant tenant = tenant();
    CustomTarget target = saved(create(tenant, "a.example.com", 443));
    TargetDraft paused =
        new TargetDraft(
            "a.example.com", 443, target.methods(), "a", List.of(), target.burstEvery(), true);
    saved(targets.replace(Actors.TEST, tenant, TargetKit.AMPLE, target.id(), 1, paused));
    assertThat(own.scheduled().find(target.id())).isEmpty();
    saved(
        targets.replace(
            Actors.TEST, tenant, TargetKit.AMPLE, target.id(), 2, draft("a.example.com", 443)));
    assertThat(own.scheduled().find(target.id())).isPresent();
    entitle(tenant, false);
    assertThat(own.scheduled().find(target.id())).isEmpty();
    entitle(tenant, true);
    assertThat(own.scheduled().find(target.id())).isPresent();
    assertThat(kit.tenants.suspend(Actors.TEST, tenant.id())).isTrue();
    assertThat(own.scheduled().find(target.id())).isEmpty();
    assertThat(kit.tenants.resume(Actors.TEST, tenant.id())).isTrue();
    assertThat(own.scheduled().find(target.id())).isPresent();
  }

  private void entitle(Tenant tenant, boolean entitled) {
    boolean _ =
        kit.database.transaction(
            tx -> {
              targets.entitle(tx, tenant, entitled);
              return true;
            });
  }

  @Test
  void whatACrashLeftBetweenCommitAndCopyIsCopiedByAJob() {
    Tenant tenant = tenant();
    CustomTarget target = saved(create(tenant, "a.example.com", 443));
    TargetSync.Mark mark = own.sync().mark(tenant);
    execute("delete from platform.assigned_targets where tenant_id = '%s'", tenant);
    assertThat(own.sync(TargetSync.LOOK_AFTER)).isEqualTo(1);
    assertThat(own.scheduled().find(target.id())).as("the change may be under way").isEmpty();

    execute(
        "update platform.tenant_target_syncs set marked_at = marked_at - interval '3 minutes'"
            + " where tenant_id = '%s'",
        tenant);
    assertThat(own.sync(Duration.ofHours(1))).as("it came again").isEqualTo(1);
    assertThat(own.scheduled().find(target.id())).isPresent();
    assertThat(count("platform.tenant_target_syncs where id = '" + mark.id() + "'")).isZero();
    assertThat(own.sync(Duration.ofHours(2))).isZero();
  }

  @Test
  void marksOfAReleaseWithoutJobsGetOne() {
    Tenant tenant = tenant();
    CustomTarget target = saved(create(tenant, "a.example.com", 443));
    own.sync().mark(tenant);
    execute("delete from platform.assigned_targets where tenant_id = '%s'", tenant);
    execute("delete from platform.jobs where tenant_id = '%s'", tenant);
    own.heal();

    assertThat(own.scheduled().find(target.id())).isPresent();
  }

  @Test
  void marksWhoseJobWasGivenUpAndDroppedGetAnother() {
    Tenant tenant = tenant();
    CustomTarget target = saved(create(tenant, "a.example.com", 443));
    own.sync().mark(tenant);
    execute("delete from platform.assigned_targets where tenant_id = '%s'", tenant);
    execute(
        "with gone as (delete from platform.jobs where tenant_id = '%s' returning *) insert into"
            + " platform.dead_jobs select id, task_name, task_instance, tenant_id, task_data,"
            + " priority, enqueued_at, now(), 20, 'ATTEMPTS', 'broken' from gone",
        tenant);
    own.heal();
    assertThat(own.scheduled().find(target.id())).as("it is the operator's").isEmpty();
    execute("delete from platform.dead_jobs where tenant_id = '%s'", tenant);
    own.heal();

    assertThat(own.scheduled().find(target.id())).isPresent();
  }

  @Test
  void whatACrashLeftDoesNotUndoWhatWasSaidOfThePlanLater() {
    Tenant tenant = tenant();
    CustomTarget target = saved(create(tenant, "a.example.com", 443));
    TargetSync.Mark left =
        kit.database.transaction(tx -> own.sync().mark(tx, tenant, false)); // and its node died
    own.pass(Duration.ofMillis(1));
    entitle(tenant, true);
    assertThat(own.scheduled().find(target.id())).isPresent();
    own.heal();

    assertThat(own.scheduled().find(target.id())).isPresent();
    assertThat(count("platform.tenant_target_syncs where id = '" + left.id() + "'")).isZero();
  }

  @Test
  void watchListsNameTargetsThatThereAre() {
    Tenant tenant = tenant();
    Tenant stranger = tenant();
    WatchLists lists = own.watchLists();
    CustomTarget target = saved(create(tenant, "a.example.com", 443));
    CustomTarget foreign = saved(create(stranger, "a.example.com", 443));
    WatchListOutcome made =
        lists.create(Actors.TEST, tenant, " mine ", List.of("nyse", target.id()));
    assertThat(made).isInstanceOf(WatchListOutcome.Saved.class);
    WatchList list = ((WatchListOutcome.Saved) made).list();
    assertThat(lists.find(tenant, list.id())).contains(list);
    assertThat(lists.find(stranger, list.id())).isEmpty();
    assertThat(lists.create(Actors.TEST, tenant, "mine", List.of()))
        .isEqualTo(new WatchListOutcome.Duplicate("mine"));
    assertThat(lists.create(Actors.TEST, tenant, "other", List.of(foreign.id())))
        .isInstanceOf(WatchListOutcome.Invalid.class);
    assertThat(lists.replace(Actors.TEST, tenant, list.id(), 1, "ours", List.of("nyse")))
        .isInstanceOf(WatchListOutcome.Saved.class);
    assertThat(lists.replace(Actors.TEST, tenant, list.id(), 1, "ours", List.of("nyse")))
        .isEqualTo(new WatchListOutcome.Stale(2));
    assertThat(lists.list(tenant, Optional.empty(), 10))
        .extracting(WatchList::name)
        .containsExactly("ours");
    assertThat(lists.remove(Actors.TEST, tenant, list.id(), OptionalInt.empty()))
        .isEqualTo(new WatchListOutcome.Removed());
    assertThat(lists.list(tenant, Optional.empty(), 10)).isEmpty();
  }

  private Tenant tenant() {
    return kit.tenant("tenant-" + tenants++);
  }

  private TargetOutcome create(Tenant tenant, String host, int port) {
    return targets.create(Actors.TEST, tenant, TargetKit.AMPLE, draft(host, port), "somebody");
  }

  private static TargetDraft draft(String host, int port) {
    return new TargetDraft(
        host,
        port,
        List.of(Protocol.ICMP, Protocol.TCP),
        "a name",
        List.of("b", "a", "b"),
        Duration.ofMinutes(1),
        false);
  }

  private static TargetDraft every(String host, int seconds) {
    return new TargetDraft(
        host, 443, List.of(Protocol.ICMP), "a", List.of(), Duration.ofSeconds(seconds), false);
  }

  private static CustomTarget saved(TargetOutcome outcome) {
    assertThat(outcome).isInstanceOf(TargetOutcome.Saved.class);
    return ((TargetOutcome.Saved) outcome).target();
  }

  private void execute(String sql, Tenant tenant) {
    kit.database.run(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql.formatted(tenant.id()));
          }
        });
  }

  private long count(String from) {
    return kit.database.run(
        connection -> {
          try (Statement statement = connection.createStatement();
              var row = statement.executeQuery("select count(*) from " + from)) {
            row.next();
            return row.getLong(1);
          }
        });
  }
}
