package io.nettrace.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.Migrations;
import io.nettrace.sample.RecordKit;
import io.nettrace.target.Target;
import io.nettrace.target.Targets;
import io.nettrace.testing.SharedPostgres;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExportsIT {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant AS_OF = Instant.parse("2100-01-01T00:00:00Z");
  private static final int BURSTS = 30;
  private static final ExportConfig ROOMY = new ExportConfig(Duration.ofDays(1), 1 << 20, 1 << 20);

  private final Database database = SharedPostgres.freshDatabase();
  private final Targets targets = new Targets(Optional.empty());
  private final List<Target> two = targets.all().subList(0, 2);

  @BeforeEach
  void record() {
    new Migrations(database).apply();
    for (Target target : two) {
      new RecordKit(database)
          .bursts(target.id(), target.host(), START, Duration.ofMinutes(1), BURSTS);
    }
  }

  @Test
  void anExportIsAFilePerHostWhoseDigestIsThatOfItsBytes() throws Exception {
    Exports exports = exports(ROOMY);
    UUID id = accepted(exports.order(order(Format.CSV, Compression.GZIP)));
    assertThat(exports.find(id).orElseThrow().state()).isEqualTo(Export.State.QUEUED);

    assertThat(runner(ROOMY).makeOne()).isTrue();

    Export done = exports.find(id).orElseThrow();
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
    UUID id = accepted(exports.order(order(Format.NDJSON, Compression.NONE)));
    runner(ROOMY).makeOne();
    ExportFile file = exports.find(id).orElseThrow().files().getFirst();
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
    UUID id = accepted(exports.order(order(Format.CSV, Compression.NONE)));
    runner(ROOMY).makeOne();
    ExportFile first = exports.find(id).orElseThrow().files().getFirst();
    byte[] before = read(exports, first, 0, first.content().orElseThrow().bytes());

    // as a node leaves it that is killed while it writes the second file
    execute(
        "update platform.export_files set done_at = null, sha256 = null, bytes = null,"
            + " row_count = null where position = 1");
    execute("update platform.export_pieces set content = 'broken' where position = 1");
    execute("update platform.export_pieces set piece = 5 where position = 1");
    execute(
        "update platform.exports set state = 'RUNNING', claimed_by = gen_random_uuid(),"
            + " claimed_until = now() - interval '1 s'");

    assertThat(runner(ROOMY).makeOne()).isTrue();
    Export resumed = exports.find(id).orElseThrow();
    assertThat(resumed.state()).isEqualTo(Export.State.DONE);
    assertThat(read(exports, resumed.files().getFirst(), 0, before.length)).isEqualTo(before);
    ExportFile second = resumed.files().get(1);
    ExportFile.Content content = second.content().orElseThrow();
    assertThat(sha256(read(exports, second, 0, content.bytes()))).isEqualTo(content.sha256());
  }

  @Test
  void whatAnotherNodeIsMakingIsLeftAlone() {
    exports(ROOMY).order(order(Format.CSV, Compression.NONE));
    execute(
        "update platform.exports set state = 'RUNNING', claimed_by = gen_random_uuid(),"
            + " claimed_until = now() + interval '1 h'");
    assertThat(runner(ROOMY).makeOne()).isFalse();
  }

  @Test
  void aCancelledExportIsNotMadeAndLeavesNoBytes() {
    Exports exports = exports(ROOMY);
    UUID id = accepted(exports.order(order(Format.CSV, Compression.NONE)));
    runner(ROOMY).makeOne();
    assertThat(exports.cancel(id)).isTrue();
    assertThat(exports.find(id).orElseThrow().state()).isEqualTo(Export.State.CANCELLED);
    assertThat(count("select count(*) from platform.export_pieces")).isZero();
    assertThat(exports.cancel(UUID.randomUUID())).isFalse();
  }

  @Test
  void anOrderThatWouldComeToTooMuchIsRefusedWithWhatItWouldComeTo() {
    ExportConfig tight = new ExportConfig(Duration.ofDays(1), 100, 1 << 20);
    OrderOutcome outcome = exports(tight).order(order(Format.CSV, Compression.NONE));
    assertThat(outcome).isInstanceOf(OrderOutcome.TooLarge.class);
    assertThat(((OrderOutcome.TooLarge) outcome).estimate().rows()).isEqualTo(2 * BURSTS);
  }

  @Test
  void ordersThatFitAloneAreRefusedWhenTogetherTheyDoNot() {
    ExportConfig tight = new ExportConfig(Duration.ofDays(1), 20_000, 20_000);
    Exports exports = exports(tight);
    accepted(exports.order(order(Format.CSV, Compression.NONE)));
    assertThat(exports.order(order(Format.CSV, Compression.NONE)))
        .isInstanceOf(OrderOutcome.NoRoom.class);
  }

  @Test
  void anExportThatGrowsBeyondItsBoundFailsAndSaysWhy() {
    Exports exports = exports(ROOMY);
    UUID id = accepted(exports.order(order(Format.CSV, Compression.NONE)));
    runner(new ExportConfig(Duration.ofDays(1), 1000, 1 << 20)).makeOne();
    Export failed = exports.find(id).orElseThrow();
    assertThat(failed.state()).isEqualTo(Export.State.FAILED);
    assertThat(failed.failure().orElseThrow()).contains("shorter range");
    assertThat(count("select count(*) from platform.export_pieces")).isZero();
  }

  @Test
  void anOldExportIsThrownAwayButRemembered() {
    Exports exports = exports(ROOMY);
    UUID id = accepted(exports.order(order(Format.CSV, Compression.NONE)));
    ExportConfig brief = new ExportConfig(Duration.ofSeconds(-1), 1 << 20, 1 << 20);
    runner(brief).makeOne();
    runner(brief).expire();
    assertThat(exports.find(id).orElseThrow().state()).isEqualTo(Export.State.EXPIRED);
    assertThat(count("select count(*) from platform.export_pieces")).isZero();
  }

  @Test
  void exportsAreListedTheNewestFirst() {
    Exports exports = exports(ROOMY);
    for (int i = 0; i < 3; i++) {
      accepted(exports.order(order(Format.CSV, Compression.ZSTD)));
    }
    List<UUID> all = exports.list(Optional.empty(), 10).stream().map(Export::id).toList();
    assertThat(all).hasSize(3);
    assertThat(exports.list(Optional.of(all.getFirst()), 1))
        .extracting(Export::id)
        .containsExactly(all.get(1));
  }

  private ExportOrder order(Format format, Compression compression) {
    return new ExportOrder(
        two,
        RecordKit.LAB.name(),
        true,
        START,
        START.plus(Duration.ofDays(1)),
        AS_OF,
        format,
        compression);
  }

  private Exports exports(ExportConfig config) {
    return new Exports(
        database, new RecordKit(database).history(), config, runner(config), Clock.systemUTC());
  }

  private ExportRunner runner(ExportConfig config) {
    return new ExportRunner(
        database,
        new RecordKit(database).history(),
        config,
        new Chores(database),
        Clock.systemUTC());
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
