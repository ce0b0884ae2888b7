package io.nettrace.export;

import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import io.nettrace.platform.Tx;
import io.nettrace.platform.job.Job;
import io.nettrace.platform.job.JobHandler;
import io.nettrace.platform.job.JobType;
import io.nettrace.platform.job.Jobs;
import io.nettrace.sample.BurstRow;
import io.nettrace.sample.History;
import io.nettrace.sample.Selection;
import io.nettrace.scan.RecordOf;
import io.nettrace.tenant.Tenants;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes the files of exports as jobs, one at a time on each node and for each tenant. Each run
 * draws a token and writes only as long as no later run drew another: one that was thought dead, or
 * whose export was cancelled, stops at its next piece.
 */
@Service
public class ExportRunner implements JobHandler<ExportRunner.ExportJob> {
  static final JobType<ExportJob> MAKE =
      JobType.of("export.make", ExportJob.class)
          .attempts(6, Duration.ofSeconds(10), Duration.ofMinutes(10))
          .perTenant(1)
          .perNode(1);

  private static final Logger LOG = System.getLogger(ExportRunner.class.getName());
  private static final Duration EXPIRE_EVERY = Duration.ofMinutes(10);

  private final Database database;
  private final History history;
  private final Tenants tenants;
  private final ExportConfig config;
  private final Jobs jobs;
  private final Chores chores;
  private final Clock clock;

  /** Which export is to be made. */
  public record ExportJob(UUID export, UUID tenant) {}

  /** The token is no longer valid: the export was cancelled, or another node makes it. */
  private static final class ClaimLostException extends IOException {}

  /** The export came to more than it may. */
  private static final class TooLargeException extends IOException {}

  @Inject
  ExportRunner(
      Database database,
      History history,
      Tenants tenants,
      ExportConfig config,
      Jobs jobs,
      Chores chores,
      Clock clock) {
    this.database = database;
    this.history = history;
    this.tenants = tenants;
    this.config = config;
    this.jobs = jobs;
    this.chores = chores;
    this.clock = clock;
  }

  void begin(@Observes DatabaseReady ready) {
    jobs.handle(MAKE, this);
    takeOver();
    chores.every(EXPIRE_EVERY, "throwing away old exports", this::expire);
  }

  static void enqueue(Jobs jobs, Tx tx, UUID tenantId, UUID id, Instant due) throws SQLException {
    jobs.enqueue(tx, MAKE, id.toString(), Optional.of(tenantId), new ExportJob(id, tenantId), due);
  }

  /**
   * Orders of a release that had a queue for exports of its own: each becomes a job; others have
   * one already, which stays as it is.
   */
  private void takeOver() {
    int _ =
        database.transaction(
            tx -> {
              var left = ExportStore.underway(tx.connection());
              for (ExportJob order : left) {
                boolean _ =
                    jobs.enqueueMissing(
                        tx,
                        MAKE,
                        order.export().toString(),
                        Optional.of(order.tenant()),
                        order,
                        clock.instant());
              }
              return left.size();
            });
  }

  void expire() {
    database.transaction(
        tx -> {
          ExportStore.expire(tx.connection(), clock.instant());
          return true;
        });
  }

  @Override
  public void run(Job job, ExportJob order) throws IOException {
    UUID run = UUID.randomUUID();
    Optional<Export> begun =
        database.transaction(
            tx ->
                ExportStore.begin(tx.connection(), order.export(), run, clock.instant())
                    ? ExportStore.find(tx.connection(), order.tenant(), order.export())
                    : Optional.empty());
    if (begun.isPresent()) {
      make(begun.get(), run);
    }
  }

  @Override
  public void died(Tx tx, Job job, String failure) throws SQLException {
    ExportStore.giveUp(
        tx.connection(),
        export(job),
        "it could not be made, though it was tried several times; order it again, or ask the"
            + " operator",
        clock.instant());
  }

  @Override
  public void dropped(Tx tx, Job job) throws SQLException {
    ExportStore.drop(tx.connection(), export(job), clock.instant());
  }

  private static UUID export(Job job) {
    return UUID.fromString(job.key());
  }

  private void make(Export export, UUID run) throws IOException {
    try {
      long left = config.mostBytes();
      for (ExportFile file : export.files()) {
        left -=
            file.content().isPresent()
                ? file.content().get().bytes()
                : make(export, run, file, left);
      }
      end(export, run, Export.State.DONE, null);
    } catch (ClaimLostException e) {
      LOG.log(Level.INFO, "export {0} was cancelled or is made elsewhere", export.id());
    } catch (TooLargeException e) {
      end(
          export,
          run,
          Export.State.FAILED,
          "it came to more than %d bytes; choose a shorter range or fewer hosts"
              .formatted(config.mostBytes()));
    }
  }

  /** Returns the file's bytes. */
  private long make(Export export, UUID run, ExportFile file, long mostBytes) throws IOException {
    whileOurs(run, file, tx -> ExportStore.beginFile(tx, file));
    PieceOutput pieces =
        new PieceOutput(
            ExportStore.PIECE_BYTES,
            (piece, content) -> {
              if ((long) piece * ExportStore.PIECE_BYTES + content.length > mostBytes) {
                throw new TooLargeException();
              }
              whileOurs(run, file, tx -> ExportStore.append(tx, file, piece, content));
            });
    long rows = write(export, file, pieces);
    byte[] sha256 = pieces.sha256();
    whileOurs(
        run,
        file,
        tx -> ExportStore.endFile(tx, file, rows, pieces.bytes(), sha256, clock.instant()));
    return pieces.bytes();
  }

  private long write(Export export, ExportFile file, OutputStream pieces) throws IOException {
    Source source =
        new Source(file.host(), file.targetId(), export.vantagePoint(), export.simulated());
    Selection selection =
        new Selection(file.targetId(), export.vantagePoint(), export.start(), export.end())
            .in(record(export, file));
    boolean packsItself = export.format() == Format.PARQUET;
    try (OutputStream out = packsItself ? pieces : export.compression().around(pieces)) {
      BurstFile bursts = BurstFile.open(export.format(), export.compression(), out, source);
      long[] rows = {0};
      history.export(
          selection,
          Optional.of(export.asOf()),
          burst -> {
            write(bursts, burst);
            rows[0]++;
          });
      bursts.finish();
      return rows[0];
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private RecordOf record(Export export, ExportFile file) throws ClaimLostException {
    return file.own()
        ? new RecordOf.Own(tenants.find(export.tenantId()).orElseThrow(ClaimLostException::new))
        : RecordOf.CATALOGUE;
  }

  private static void write(BurstFile file, BurstRow burst) {
    try {
      file.write(burst);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Does it if no other run has begun, both or neither. */
  private void whileOurs(UUID run, ExportFile file, Step step) throws IOException {
    boolean ours =
        database.transaction(
            tx -> {
              boolean valid = ExportStore.isOurs(tx.connection(), file.exportId(), run);
              if (valid) {
                step.run(tx.connection());
              }
              return valid;
            });
    if (!ours) {
      throw new ClaimLostException();
    }
  }

  private void end(Export export, UUID run, Export.State state, @Nullable String failure) {
    Instant now = clock.instant();
    database.transaction(
        tx -> {
          ExportStore.end(
              tx.connection(), export.id(), run, state, failure, now, now.plus(config.keep()));
          return true;
        });
  }

  /** A statement or two without a result. */
  @FunctionalInterface
  private interface Step {
    void run(java.sql.Connection connection) throws java.sql.SQLException;
  }
}
