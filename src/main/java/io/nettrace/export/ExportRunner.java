package io.nettrace.export;

import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.DatabaseUnavailableException;
import io.nettrace.platform.Service;
import io.nettrace.sample.BurstRow;
import io.nettrace.sample.History;
import io.nettrace.sample.Selection;
import io.nettrace.scan.RecordOf;
import io.nettrace.tenant.Tenants;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes the files of waiting exports, one export at a time on each node. */
@Service
public class ExportRunner {
  private static final Logger LOG = System.getLogger(ExportRunner.class.getName());
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
  private static final Duration EXPIRE_EVERY = Duration.ofMinutes(10);

  private final Database database;
  private final History history;
  private final Tenants tenants;
  private final ExportConfig config;
  private final Chores chores;
  private final Clock clock;
  private final UUID node = UUID.randomUUID();
  private final Semaphore orders = new Semaphore(0);
  private volatile @Nullable Thread thread;

  /** The claim was lost: the export was cancelled, or another node makes it. */
  private static final class ClaimLostException extends IOException {}

  /** The export came to more than it may. */
  private static final class TooLargeException extends IOException {}

  @Inject
  ExportRunner(
      Database database,
      History history,
      Tenants tenants,
      ExportConfig config,
      Chores chores,
      Clock clock) {
    this.database = database;
    this.history = history;
    this.tenants = tenants;
    this.config = config;
    this.chores = chores;
    this.clock = clock;
  }

  void begin(@Observes DatabaseReady ready) {
    thread = Thread.ofPlatform().daemon().name("nettrace-exports").start(this::live);
    chores.every(EXPIRE_EVERY, "throwing away old exports", this::expire);
  }

  /** An order has come in. */
  void wake() {
    orders.release();
  }

  @PreDestroy
  void stop() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  void expire() {
    database.transaction(
        tx -> {
          ExportStore.expire(tx.connection(), clock.instant());
          return true;
        });
  }

  private void live() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        if (!makeOne()) {
          var _ = orders.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
          orders.drainPermits();
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Makes the files of the export whose turn it is; false when none waits. */
  boolean makeOne() {
    try {
      Optional<ExportStore.Claim> claimed =
          database.run(connection -> ExportStore.claim(connection, node, clock.instant()));
      claimed
          .flatMap(
              claim ->
                  database.run(
                      connection -> ExportStore.find(connection, claim.tenantId(), claim.id())))
          .ifPresent(this::make);
      return claimed.isPresent();
    } catch (DatabaseUnavailableException e) {
      LOG.log(Level.DEBUG, "exports wait for the database: {0}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "an export failed and will be tried again", e);
    }
    return false;
  }

  private void make(Export export) {
    try {
      long left = config.mostBytes();
      for (ExportFile file : export.files()) {
        left -=
            file.content().isPresent() ? file.content().get().bytes() : make(export, file, left);
      }
      end(export, Export.State.DONE, null);
    } catch (ClaimLostException e) {
      LOG.log(Level.INFO, "export {0} was cancelled or is made elsewhere", export.id());
    } catch (TooLargeException e) {
      end(
          export,
          Export.State.FAILED,
          "it came to more than %d bytes; choose a shorter range or fewer hosts"
              .formatted(config.mostBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the file's bytes. */
  private long make(Export export, ExportFile file, long mostBytes) throws IOException {
    whileOurs(file, tx -> ExportStore.beginFile(tx, file));
    PieceOutput pieces =
        new PieceOutput(
            ExportStore.PIECE_BYTES,
            (piece, content) -> {
              if ((long) piece * ExportStore.PIECE_BYTES + content.length > mostBytes) {
                throw new TooLargeException();
              }
              whileOurs(file, tx -> ExportStore.append(tx, file, piece, content));
            });
    long rows = write(export, file, pieces);
    byte[] sha256 = pieces.sha256();
    whileOurs(
        file, tx -> ExportStore.endFile(tx, file, rows, pieces.bytes(), sha256, clock.instant()));
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

  /** Does it and renews the claim, both or neither. */
  private void whileOurs(ExportFile file, Step step) throws IOException {
    boolean claimed =
        database.transaction(
            tx -> {
              boolean ours = ExportStore.renew(tx.connection(), file.exportId(), node);
              if (ours) {
                step.run(tx.connection());
              }
              return ours;
            });
    if (!claimed) {
      throw new ClaimLostException();
    }
  }

  private void end(Export export, Export.State state, @Nullable String failure) {
    run(
        connection -> {
          if (state != Export.State.DONE) {
            ExportStore.throwAway(connection, export.id());
          }
          ExportStore.end(
              connection,
              export.id(),
              node,
              state,
              failure,
              clock.instant(),
              clock.instant().plus(config.keep()));
        });
  }

  /** A statement or two without a result. */
  @FunctionalInterface
  private interface Step {
    void run(java.sql.Connection connection) throws java.sql.SQLException;
  }

  private void run(Step step) {
    database.run(
        connection -> {
          step.run(connection);
          return true;
        });
  }
}
