package io.nettrace.export;

import io.nettrace.platform.Actor;
import io.nettrace.platform.AuditEntry;
import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import io.nettrace.platform.TimeOrderedId;
import io.nettrace.platform.job.Jobs;
import io.nettrace.sample.Aggregate;
import io.nettrace.sample.History;
import io.nettrace.sample.Selection;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Exports that are ordered now and fetched later. Each is of one tenant; for everybody else it does
 * not exist.
 */
@Service
public class Exports {
  private final Database database;
  private final History history;
  private final ExportConfig config;
  private final Jobs jobs;
  private final Clock clock;

  @Inject
  Exports(Database database, History history, ExportConfig config, Jobs jobs, Clock clock) {
    this.database = database;
    this.history = history;
    this.config = config;
    this.jobs = jobs;
    this.clock = clock;
  }

  /** How long the files of a finished export can be fetched. */
  public Duration kept() {
    return config.keep();
  }

  /** Orders of all tenants that are not made yet. */
  public int waiting() {
    return database.run(ExportStore::waiting);
  }

  /** What an order would come to; nothing is made. */
  public Estimate estimate(ExportOrder order) {
    long rows =
        order.targets().stream()
            .map(target -> selection(order, target))
            .flatMap(selection -> history.summary(selection, Optional.of(order.asOf())).stream())
            .mapToLong(Aggregate::bursts)
            .sum();
    return Estimate.of(rows, order.format(), order.compression());
  }

  /** Takes an order, unless it is too large; its files are made in the background. */
  public OrderOutcome order(Actor by, ExportOrder order) {
    Estimate estimate = estimate(order);
    if (estimate.bytes() > config.mostBytes()) {
      return new OrderOutcome.TooLarge(estimate, config.mostBytes());
    }
    UUID id = TimeOrderedId.at(clock.instant());
    return database.transaction(
        tx -> {
          ExportStore.Kept kept = ExportStore.lockedTotal(tx.connection(), order.tenant().id());
          long free =
              Math.min(
                  config.mostBytesTogether() - kept.all(),
                  config.mostBytesOfTenant() - kept.ofTenant());
          if (estimate.bytes() > free) {
            return new OrderOutcome.NoRoom(estimate, Math.max(0, free));
          }
          ExportStore.insert(tx.connection(), id, order, estimate.bytes(), clock.instant());
          tx.audit(
              by,
              entry(ExportAct.ORDERED, order.tenant().id(), id)
                  .with("format", order.format())
                  .with("targets", order.targets().size())
                  .with("start", order.start())
                  .with("end", order.end()));
          ExportRunner.enqueue(jobs, tx, order.tenant().id(), id, clock.instant());
          return new OrderOutcome.Accepted(
              ExportStore.find(tx.connection(), order.tenant().id(), id).orElseThrow());
        });
  }

  public Optional<Export> find(UUID tenantId, UUID id) {
    return database.run(connection -> ExportStore.find(connection, tenantId, id));
  }

  /** The newest first, those ordered before {@code before} if it is given. */
  public List<Export> list(UUID tenantId, Optional<UUID> before, int limit) {
    return database.run(connection -> ExportStore.list(connection, tenantId, before, limit));
  }

  /** Ends it and throws its files away; false when there is no such export. */
  public boolean cancel(Actor by, UUID tenantId, UUID id) {
    return database.transaction(
        tx -> {
          boolean ends =
              ExportStore.find(tx.connection(), tenantId, id)
                  .filter(export -> export.isUnderway() || export.state() == Export.State.DONE)
                  .isPresent();
          boolean found = ExportStore.cancel(tx.connection(), tenantId, id, clock.instant());
          if (found) {
            boolean _ = jobs.cancel(tx, ExportRunner.MAKE, id.toString());
          }
          if (found && ends) {
            tx.audit(by, entry(ExportAct.CANCELLED, tenantId, id));
          }
          return found;
        });
  }

  private static AuditEntry entry(ExportAct act, UUID tenantId, UUID id) {
    return AuditEntry.of(act, tenantId, id.toString());
  }

  /** Copies bytes {@code from} until before {@code until} of a whole file. */
  public void copy(ExportFile file, long from, long until, OutputStream out) throws IOException {
    long at = from;
    while (at < until) {
      byte[] piece = piece(file, (int) (at / ExportStore.PIECE_BYTES));
      int offset = (int) (at % ExportStore.PIECE_BYTES);
      int length = (int) Math.min(piece.length - offset, until - at);
      out.write(piece, offset, length);
      at += length;
    }
  }

  private byte[] piece(ExportFile file, int piece) throws IOException {
    return database
        .run(connection -> ExportStore.piece(connection, file, piece))
        .orElseThrow(() -> new IOException(file.name() + " was thrown away while it was read"));
  }

  private static Selection selection(ExportOrder order, ExportOrder.Item target) {
    return new Selection(target.targetId(), order.vantagePoint(), order.start(), order.end())
        .in(target.whose());
  }
}
