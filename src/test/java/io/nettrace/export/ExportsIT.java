package io.nettrace.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nettrace.catalog.Target;
import io.nettrace.catalog.Targets;
import io.nettrace.platform.Actor;
import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.job.DueJobs;
import io.nettrace.platform.job.Job;
import io.nettrace.platform.job.JobChange;
import io.nettrace.platform.job.JobState;
import io.nettrace.platform.job.Jobs;
import io.nettrace.platform.job.ListedJob;
import io.nettrace.sample.History;
import io.nettrace.sample.RecordKit;
import io.nettrace.scan.RecordOf;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.TenantData;
import io.nettrace.tenant.TenantKit;
import io.nettrace.testing.Actors;
import io.nettrace.testing.MovableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExportsIT {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant AS_OF = Instant.parse("2100-01-01T00:00:00Z");
  private static final int BURSTS = 30;
  private static final String OWN = "ct-0198f000-0000-7000-8000-000000000001";
  private static final String HOST = "edge.example.com";
  private static final ExportConfig ROOMY =
      new ExportConfig(Duration.ofDays(1), 1 << 20, 1 << 20, 1 << 20);

  private final Targets targets = new Targets(Optional.empty());
  private final List<Target> two = targets.all().subList(0, 2);
  private final MovableClock clock = new MovableClock(Instant.now());
  private TenantKit kit;
  private Database database;
  private Tenant acme;
  private Tenant other;

  @BeforeEach
  void record() {
    kit = new TenantKit();
    database = kit.database;
    acme = kit.tenant("acme");
    other = kit.tenant("other");
    for (Target target : two) {
      new RecordKit(database)
          .bursts(target.id(), target.host(), START, Duration.ofMinutes(1), BURSTS);
    }
  }

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void anExportIsAFilePerHostWhoseDigestIsThatOfItsBytes() throws Exception {
    Exports exports = exports(ROOMY);
    UUID id = accepted(exports.order(Actors.TEST, order(Format.CSV, Compression.GZIP)));
    assertThat(exports.find(acme.id(), id).orElseThrow().state()).isEqualTo(Export.State.QUEUED);
    assertThat(exports.waiting()).isEqualTo(1);

    assertThat(make(ROOMY)).isEqualTo(1);

    assertThat(exports.waiting()).isZero();
    Export done = exports.find(acme.id(), id).orElseThrow();
    assertThat(done.state()).isEqualTo(Export.State.DONE);
    assertThat(done.files()).hasSize(2);
    for (ExportFile file : done.files()) {
      ExportFile.Content content = file.content().orElseThrow();
      byte[] bytes = read(exports, file, 0, content.bytes());
      assertThat(sha256(bytes)).isEqualTo(content.sha256());
      assertThat(content.rows()).isEqualTo(BURSTS);
      String csv =
          new String(
              new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes(),
              StandardCharsets.UTF_8);
      assertThat(csv.lines()).hasSize(BURSTS + 1).anyMatch(line -> line.contains(file.host()));
    }
  }

  @Test
  void aPartOfAFileIsReadWithoutTheRest() throws Exception {
    Exports exports = exports(ROOMY);
    UUID id = accepted(exports.order(Actors.TEST, order(Format.NDJSON, Compression.NONE)));
    assertThat(make(ROOMY)).isEqualTo(1);
    ExportFile file = exports.find(acme.id(), id).orElseThrow().files().getFirst();
    long bytes = file.content().orElseThrow().bytes();
    byte[] all = read(exports, file, 0, bytes);
    byte[] end = read(exports, file, bytes - 7, bytes);
    assertThat(end).hasSize(7);
    assertThat(new String(all, StandardCharsets.UTF_8))
        .endsWith(new String(end, StandardCharsets.UTF_8));
  }

  @Test
  void anExportWhoseNodeDiedIsFinishedByAnotherWhichKeepsWholeFiles() throws Exception {
    Exports exports = exports(ROOMY);
    UUID id = accepted(exports.order(Actors.TEST, order(Format.CSV, Compression.NONE)));
    assertThat(make(ROOMY)).isEqualTo(1);
    ExportFile first = exports.find(acme.id(), id).orElseThrow().files().getFirst();
    byte[] before = read(exports, first, 0, first.content().orElseThrow().bytes());

    // as a node leaves it that is killed while it writes the second file
    execute(
        "update platform.export_files set done_at = null, sha256 = null, bytes = null,"
            + " row_count = null where position = 1");
    execute("update platform.export_pieces set content = 'broken' where position = 1");
    execute("update platform.export_pieces set piece = 5 where position = 1");
    execute("update platform.exports set state = 'RUNNING', claimed_by = gen_random_uuid()");

    assertThat(make(ROOMY)).isEqualTo(1);
    Export resumed = exports.find(acme.id(), id).orElseThrow();
    assertThat(resumed.state()).isEqualTo(Export.State.DONE);
    assertThat(read(exports, resumed.files().getFirst(), 0, before.length)).isEqualTo(before);
    ExportFile second = resumed.files().get(1);
    ExportFile.Content content = second.content().orElseThrow();
    assertThat(sha256(read(exports, second, 0, content.bytes()))).isEqualTo(content.sha256());
  }

  @Test
  void aRunThatWasOnlyThoughtDeadStopsWhenALaterOneBegins() {
    Exports exports = exports(ROOMY);
    UUID id = accepted(exports.order(Actors.TEST, order(Format.CSV, Compression.NONE)));
    // as if another node began in the moment in which the first file is whole
    execute(
        """
        create function platform.taken_over() returns trigger language plpgsql as $$
        begin
          update platform.exports set claimed_by = gen_random_uuid() where id = new.export_id;
          return new;
        end $$;
        create trigger taken_over after update of sha256 on platform.export_files
          for each row when (new.sha256 is not null) execute function platform.taken_over()
        """);
    assertThat(make(ROOMY)).isEqualTo(1);
    Export left = exports.find(acme.id(), id).orElseThrow();
    assertThat(left.state()).isEqualTo(Export.State.RUNNING);
    assertThat(left.filesDone()).isEqualTo(1);
    assertThat(count("select count(*) from platform.export_pieces where position = 1")).isZero();
  }

  @Test
  void ordersOfTheOldQueueAreTakenOverAndDoneOnesAreNot() {
    Exports exports = exports(ROOMY);
    UUID done = accepted(exports.order(Actors.TEST, order(Format.CSV, Compression.NONE)));
    assertThat(make(ROOMY)).isEqualTo(1);
    UUID queued = accepted(exports.order(Actors.TEST, order(Format.CSV, Compression.NONE)));
    UUID running = accepted(exports.order(Actors.TEST, order(Format.CSV, Compression.NONE)));
    execute("delete from platform.jobs");
    execute(
        "update platform.exports set state = 'RUNNING', claimed_by = gen_random_uuid(),"
            + " claimed_until = now() + interval '1 h' where id = '"
            + running
            + "'");

    assertThat(make(ROOMY)).isEqualTo(2);
    assertThat(make(ROOMY)).isZero();
    for (UUID id : List.of(done, queued, running)) {
      assertThat(exports.find(acme.id(), id).orElseThrow().state()).isEqualTo(Export.State.DONE);
    }
  }

  @Test
  void oneThatCannotBeMadeFailsInTheEndAndCanBeReplayed() throws Exception {
    Exports exports = exports(ROOMY);
    UUID id = accepted(exports.order(Actors.TEST, order(Format.CSV, Compression.NONE)));
    execute("alter table platform.export_pieces add constraint no_room check (position <> 1)");
    for (int i = 0; i < ExportRunner.MAKE.mostAttempts(); i++) {
      assertThat(make(ROOMY)).isEqualTo(1);
      assertThat(exports.find(acme.id(), id).orElseThrow().isUnderway())
          .isEqualTo(i + 1 < ExportRunner.MAKE.mostAttempts());
      clock.advance(Duration.ofMinutes(10));
    }
    Export failed = exports.find(acme.id(), id).orElseThrow();
    assertThat(failed.state()).isEqualTo(Export.State.FAILED);
    assertThat(failed.failure().orElseThrow()).contains("order it again").doesNotContain("no_room");
    assertThat(count("select count(*) from platform.export_pieces")).isZero();

    execute("alter table platform.export_pieces drop constraint no_room");
    Jobs jobs = jobs(ROOMY);
    UUID dead = jobs.list(Optional.empty(), Optional.of(JobState.DEAD), 1).getFirst().id();
    assertThat(jobs.replay(new Actor.Operator(), dead)).isEqualTo(JobChange.DONE);
    assertThat(DueJobs.run(jobs)).isEqualTo(1);
    Export made = exports.find(acme.id(), id).orElseThrow();
    assertThat(made.state()).isEqualTo(Export.State.DONE);
    assertThat(made.failure()).isEmpty();
    for (ExportFile file : made.files()) {
      ExportFile.Content content = file.content().orElseThrow();
      assertThat(sha256(read(exports, file, 0, content.bytes()))).isEqualTo(content.sha256());
    }
  }

  @Test
  void aDoneExportKeepsItsFilesWhenItsJobIsGivenUpOrDropped() throws Exception {
    Exports exports = exports(ROOMY);
    UUID id = accepted(exports.order(Actors.TEST, order(Format.CSV, Compression.NONE)));
    assertThat(make(ROOMY)).isEqualTo(1);
    Export done = exports.find(acme.id(), id).orElseThrow();
    // as when the node of its last attempt died between the last file and the end of the job
    ExportRunner runner = runner(ROOMY, jobs(ROOMY));
    Job job = new Job(UUID.randomUUID(), id.toString(), Optional.of(acme.id()), 6);
    database.transaction(
        tx -> {
          runner.died(tx, job, "its node died");
          runner.dropped(tx, job);
          return true;
        });

    Export left = exports.find(acme.id(), id).orElseThrow();
    assertThat(left.state()).isEqualTo(Export.State.DONE);
    assertThat(left.failure()).isEmpty();
    for (ExportFile file : done.files()) {
      ExportFile.Content content = file.content().orElseThrow();
      assertThat(sha256(read(exports, file, 0, content.bytes()))).isEqualTo(content.sha256());
    }
  }

  @Test
  void anExportLosesItsFilesWithItsEndOrNotAtAll() {
    Exports exports = exports(ROOMY);
    UUID sample = accepted(exports.order(Actors.TEST, order(Format.CSV, Compression.NONE)));
    assertThat(make(ROOMY)).isEqualTo(1);
    long first =
        exports
            .find(acme.id(), sample)
            .orElseThrow()
            .files()
            .getFirst()
            .content()
            .orElseThrow()
            .bytes();
    execute("delete from platform.export_pieces");
    UUID id = accepted(exports.order(Actors.TEST, order(Format.CSV, Compression.NONE)));
    execute("alter table platform.exports add constraint no_end check (state <> 'FAILED')");
    assertThat(make(new ExportConfig(Duration.ofDays(1), first + 1, 1 << 20, 1 << 20)))
        .isEqualTo(1);

    assertThat(exports.find(acme.id(), id).orElseThrow().state()).isEqualTo(Export.State.RUNNING);
    assertThat(count("select count(*) from platform.export_pieces")).isPositive();
  }

  @Test
  void aStartOfANodeChangesNoJobThatIsThere() {
    Exports exports = exports(ROOMY);
    accepted(exports.order(Actors.TEST, order(Format.CSV, Compression.NONE)));
    execute("alter table platform.export_pieces add constraint no_room check (position <> 1)");
    assertThat(make(ROOMY)).isEqualTo(1);

    assertThat(make(ROOMY)).as("its pause is kept").isZero();
    ListedJob waiting = jobs(ROOMY).list(Optional.empty(), Optional.empty(), 1).getFirst();
    assertThat(waiting.attempts()).isEqualTo(1);
  }

  @Test
  void whatIsCancelledWaitsNoLongerAndWhatAnOperatorDropsIsCancelled() {
    Exports exports = exports(ROOMY);
    UUID first = accepted(exports.order(Actors.TEST, order(Format.CSV, Compression.NONE)));
    UUID second = accepted(exports.order(Actors.TEST, order(Format.CSV, Compression.NONE)));
    Jobs jobs = jobs(ROOMY);
    assertThat(exports.cancel(Actors.TEST, acme.id(), first)).isTrue();
    UUID left = jobs.list(Optional.empty(), Optional.empty(), 10).getFirst().id();
    assertThat(jobs.drop(new Actor.Operator(), left)).isEqualTo(JobChange.DONE);

    assertThat(jobs.list(Optional.empty(), Optional.empty(), 10)).isEmpty();
    for (UUID id : List.of(first, second)) {
      assertThat(exports.find(acme.id(), id).orElseThrow().state())
          .isEqualTo(Export.State.CANCELLED);
    }
  }

  @Test
  void aCancelledExportIsNotMadeAndLeavesNoBytes() {
    Exports exports = exports(ROOMY);
    UUID id = accepted(exports.order(Actors.TEST, order(Format.CSV, Compression.NONE)));
    assertThat(make(ROOMY)).isEqualTo(1);
    assertThat(exports.cancel(Actors.TEST, acme.id(), id)).isTrue();
    assertThat(exports.find(acme.id(), id).orElseThrow().state()).isEqualTo(Export.State.CANCELLED);
    assertThat(count("select count(*) from platform.export_pieces")).isZero();
    assertThat(exports.cancel(Actors.TEST, acme.id(), UUID.randomUUID())).isFalse();
  }

  @Test
  void whatIsCancelledWhileItIsMadeIsMadeNoFurther() {
    Exports exports = exports(ROOMY);
    UUID id = accepted(exports.order(Actors.TEST, order(Format.CSV, Compression.NONE)));
    // as if somebody cancelled it in the moment in which the first file is whole
    execute(
        """
        create function platform.cancelled_then() returns trigger language plpgsql as $$
        begin
          update platform.exports set state = 'CANCELLED' where id = new.export_id;
          return new;
        end $$;
        create trigger cancelled_then after update on platform.export_files
          for each row execute function platform.cancelled_then()
        """);
    assertThat(make(ROOMY)).isEqualTo(1);
    Export ended = exports.find(acme.id(), id).orElseThrow();
    assertThat(ended.state()).isEqualTo(Export.State.CANCELLED);
    assertThat(ended.filesDone()).isEqualTo(1);
    assertThat(count("select count(*) from platform.export_pieces where position = 1")).isZero();
    assertThat(make(ROOMY)).isZero();
  }

  @Test
  void howFarAnExportIsFollowsFromItsFilesAndFromWhatIsWrittenOfTheNext() {
    Exports exports = exports(ROOMY);
    UUID id = accepted(exports.order(Actors.TEST, order(Format.CSV, Compression.NONE)));
    assertThat(exports.find(acme.id(), id).orElseThrow().progress()).isZero();
    assertThat(exports.find(acme.id(), id).orElseThrow().isUnderway()).isTrue();
    execute(
        "update platform.export_files set row_count = 30, bytes = 3000, sha256 = 'x', done_at ="
            + " now() where position = 0");
    execute(
        "insert into platform.export_pieces (export_id, tenant_id, position, piece, content)"
            + " select export_id, tenant_id, position, 0, repeat('x', 3000)::bytea"
            + " from platform.export_files");
    Export half = exports.find(acme.id(), id).orElseThrow();
    assertThat(half.writtenBytes()).isEqualTo(6000);
    // 200 bytes are expected of each of 30 rows, so of the second file a half is there
    assertThat(half.progress()).isEqualTo(0.75);
    assertThat(make(ROOMY)).isEqualTo(1);
    Export done = exports.find(acme.id(), id).orElseThrow();
    assertThat(done.progress()).isEqualTo(1);
    assertThat(done.isUnderway()).isFalse();
  }

  @Test
  void anOrderThatWouldComeToTooMuchIsRefusedWithWhatItWouldComeTo() {
    ExportConfig tight = new ExportConfig(Duration.ofDays(1), 100, 1 << 20, 1 << 20);
    OrderOutcome outcome = exports(tight).order(Actors.TEST, order(Format.CSV, Compression.NONE));
    assertThat(outcome).isInstanceOf(OrderOutcome.TooLarge.class);
    assertThat(((OrderOutcome.TooLarge) outcome).estimate().rows()).isEqualTo(2 * BURSTS);
  }

  @Test
  void ordersThatFitAloneAreRefusedWhenTogetherTheyDoNot() {
    ExportConfig tight = new ExportConfig(Duration.ofDays(1), 20_000, 1 << 20, 20_000);
    Exports exports = exports(tight);
    accepted(exports.order(Actors.TEST, order(Format.CSV, Compression.NONE)));
    assertThat(exports.order(Actors.TEST, order(Format.CSV, Compression.NONE)))
        .isInstanceOf(OrderOutcome.NoRoom.class);
  }

  @Test
  void anExportThatGrowsBeyondItsBoundFailsAndSaysWhy() {
    Exports exports = exports(ROOMY);
    UUID id = accepted(exports.order(Actors.TEST, order(Format.CSV, Compression.NONE)));
    assertThat(make(new ExportConfig(Duration.ofDays(1), 1000, 1 << 20, 1 << 20))).isEqualTo(1);
    Export failed = exports.find(acme.id(), id).orElseThrow();
    assertThat(failed.state()).isEqualTo(Export.State.FAILED);
    assertThat(failed.failure().orElseThrow()).contains("shorter range");
    assertThat(count("select count(*) from platform.export_pieces")).isZero();
  }

  @Test
  void anOldExportIsThrownAwayButRemembered() {
    Exports exports = exports(ROOMY);
    UUID id = accepted(exports.order(Actors.TEST, order(Format.CSV, Compression.NONE)));
    ExportConfig brief = new ExportConfig(Duration.ofSeconds(-1), 1 << 20, 1 << 20, 1 << 20);
    assertThat(make(brief)).isEqualTo(1);
    runner(brief, jobs(ROOMY)).expire();
    assertThat(exports.find(acme.id(), id).orElseThrow().state()).isEqualTo(Export.State.EXPIRED);
    assertThat(count("select count(*) from platform.export_pieces")).isZero();
  }

  @Test
  void exportsAreListedTheNewestFirst() {
    Exports exports = exports(ROOMY);
    for (int i = 0; i < 3; i++) {
      accepted(exports.order(Actors.TEST, order(Format.CSV, Compression.ZSTD)));
    }
    List<UUID> all =
        exports.list(acme.id(), Optional.empty(), 10).stream().map(Export::id).toList();
    assertThat(all).hasSize(3);
    assertThat(exports.list(acme.id(), Optional.of(all.getFirst()), 1))
        .extracting(Export::id)
        .containsExactly(all.get(1));
  }

  @Test
  void anotherTenantsExportIsAsUnknownAsOneThatNeverWas() throws Exception {
    Exports exports = exports(ROOMY);
    UUID id = accepted(exports.order(Actors.TEST, order(Format.CSV, Compression.NONE)));
    assertThat(exports.find(other.id(), id)).isEmpty();
    assertThat(exports.list(other.id(), Optional.empty(), 10)).isEmpty();
    assertThat(exports.cancel(Actors.TEST, other.id(), id)).isFalse();
    assertThat(make(ROOMY)).isEqualTo(1);
    ExportFile file = exports.find(acme.id(), id).orElseThrow().files().getFirst();
    assertThat(read(exports, file, 0, file.content().orElseThrow().bytes())).isNotEmpty();
  }

  @Test
  void aTenantsOwnTargetIsExportedFromItsOwnRecordAndNoOthers() throws Exception {
    ownBursts(acme, BURSTS);
    ownBursts(other, 7);
    Exports exports = exports(ROOMY);
    UUID id = accepted(exports.order(Actors.TEST, order(acme, OWN, Format.CSV)));
    UUID others = accepted(exports.order(Actors.TEST, order(other, OWN, Format.CSV)));
    assertThat(make(ROOMY)).isEqualTo(2);
    assertThat(rows(exports, acme, id)).isEqualTo(BURSTS);
    assertThat(rows(exports, other, others)).isEqualTo(7);
  }

  @Test
  void nobodyOrdersAnotherTenantsTargets() {
    ExportOrder.Item foreign = new ExportOrder.Item(new RecordOf.Own(other), OWN, HOST);
    assertThatThrownBy(() -> order(acme, List.of(foreign), Format.CSV, Compression.NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatOneTenantKeepsLeavesRoomForAnother() {
    ExportConfig tight = new ExportConfig(Duration.ofDays(1), 20_000, 20_000, 1 << 20);
    Exports exports = exports(tight);
    accepted(exports.order(Actors.TEST, order(Format.CSV, Compression.NONE)));
    assertThat(exports.order(Actors.TEST, order(Format.CSV, Compression.NONE)))
        .isInstanceOf(OrderOutcome.NoRoom.class);
    accepted(exports.order(Actors.TEST, order(other, catalogue(), Format.CSV, Compression.NONE)));
  }

  @Test
  void whoOrdersOneIsServedBeforeTheSecondOfWhoOrdersMany() {
    Exports exports = exports(ROOMY);
    UUID first = accepted(exports.order(Actors.TEST, order(Format.CSV, Compression.NONE)));
    UUID second = accepted(exports.order(Actors.TEST, order(Format.CSV, Compression.NONE)));
    UUID one =
        accepted(
            exports.order(Actors.TEST, order(other, catalogue(), Format.CSV, Compression.NONE)));
    // another node makes the first one
    execute(
        "update platform.jobs set picked = true, admitted = true where task_instance = '"
            + first
            + "'");
    assertThat(make(ROOMY)).isEqualTo(2); // the second begins, and is parked
    assertThat(exports.find(other.id(), one).orElseThrow().state()).isEqualTo(Export.State.DONE);
    assertThat(exports.find(acme.id(), second).orElseThrow().state())
        .isEqualTo(Export.State.QUEUED);
  }

  @Test
  void nothingIsLeftOfATenantThatIsForgotten() {
    Exports exports = exports(ROOMY);
    accepted(exports.order(Actors.TEST, order(Format.CSV, Compression.NONE)));
    UUID kept =
        accepted(
            exports.order(Actors.TEST, order(other, catalogue(), Format.CSV, Compression.NONE)));
    assertThat(make(ROOMY)).isEqualTo(2);
    ExportData data = new ExportData();
    assertThat(data.parts()).allSatisfy(part -> assertThat(rowsOf(part, acme)).isPositive());
    database.transaction(
        tx -> {
          data.forget(tx, acme.id());
          return true;
        });
    for (String table : List.of("exports", "export_files", "export_pieces")) {
      String mine = "select count(*) from platform.%s where tenant_id = '%s'";
      assertThat(count(mine.formatted(table, acme.id()))).as(table).isZero();
      assertThat(count(mine.formatted(table, other.id()))).as(table).isPositive();
    }
    assertThat(exports.find(other.id(), kept)).isPresent();
  }

  private long rowsOf(TenantData.Part part, Tenant tenant) {
    String sql = part.sql().replace(":tenant_id", "'" + tenant.id() + "'");
    return count("select count(*) from (" + sql + ") part");
  }

  private static long rows(Exports exports, Tenant tenant, UUID id) {
    Export done = exports.find(tenant.id(), id).orElseThrow();
    assertThat(done.state()).isEqualTo(Export.State.DONE);
    return done.files().getFirst().content().orElseThrow().rows();
  }

  /** Puts bursts of a target of the same id and host into a tenant's own record. */
  private void ownBursts(Tenant tenant, int count) {
    new RecordKit(database, kit.walls, RecordKit.NO_ROUTES)
        .ownBursts(tenant, OWN, HOST, START, Duration.ofMinutes(1), count);
  }

  private ExportOrder order(Format format, Compression compression) {
    return order(acme, catalogue(), format, compression);
  }

  private ExportOrder order(Tenant tenant, String targetId, Format format) {
    ExportOrder.Item own = new ExportOrder.Item(new RecordOf.Own(tenant), targetId, HOST);
    return order(tenant, List.of(own), format, Compression.NONE);
  }

  private List<ExportOrder.Item> catalogue() {
    return two.stream()
        .map(one -> new ExportOrder.Item(RecordOf.CATALOGUE, one.id(), one.host()))
        .toList();
  }

  private static ExportOrder order(
      Tenant tenant, List<ExportOrder.Item> targets, Format format, Compression compression) {
    return new ExportOrder(
        tenant,
        targets,
        RecordKit.LAB.name(),
        true,
        START,
        START.plus(Duration.ofDays(1)),
        AS_OF,
        format,
        compression);
  }

  private Exports exports(ExportConfig config) {
    Jobs jobs = new Jobs(database, new Chores(database), clock);
    return new Exports(database, history(), config, jobs, clock);
  }

  /** Makes what waits, on a node that was just started. */
  private int make(ExportConfig config) {
    return DueJobs.run(jobs(config));
  }

  private Jobs jobs(ExportConfig config) {
    Jobs jobs = new Jobs(database, new Chores(database), clock);
    runner(config, jobs).begin(new DatabaseReady());
    return jobs;
  }

  private ExportRunner runner(ExportConfig config, Jobs jobs) {
    return new ExportRunner(
        database, history(), kit.tenants, config, jobs, new Chores(database), clock);
  }

  private History history() {
    return new RecordKit(database, kit.walls, RecordKit.NO_ROUTES).history();
  }

  private static UUID accepted(OrderOutcome outcome) {
    assertThat(outcome).isInstanceOf(OrderOutcome.Accepted.class);
    return ((OrderOutcome.Accepted) outcome).export().id();
  }

  private static byte[] read(Exports exports, ExportFile file, long from, long until)
      throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    exports.copy(file, from, until, bytes);
    return bytes.toByteArray();
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private void execute(String sql) {
    database.run(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
          }
        });
  }

  private long count(String sql) {
    return database.run(
        connection -> {
          try (Statement statement = connection.createStatement();
              var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
          }
        });
  }
}
