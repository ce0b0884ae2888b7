package io.nettrace.scan;

import io.nettrace.platform.Service;
import io.nettrace.scanner.Hello;
import io.nettrace.scanner.Lease;
import io.nettrace.scanner.Renewal;
import io.nettrace.scanner.SpoolState;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Grants slices of a vantage point's targets to its scanners, in the caller's transaction. */
@Service
public class Leases {
  private static final String ENTER =
      """
      insert into platform.scanners as s
        (instance, vantage_point, spool, waiting, waiting_bytes, thinned_traces, dropped_traces,
         dropped_bursts, quarantined)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (instance) do update set
        spool = excluded.spool, last_seen = clock_timestamp(), waiting = excluded.waiting,
        waiting_bytes = excluded.waiting_bytes, thinned_traces = excluded.thinned_traces,
        dropped_traces = excluded.dropped_traces, dropped_bursts = excluded.dropped_bursts,
        quarantined = excluded.quarantined
      where s.vantage_point = excluded.vantage_point
      """;
  private static final String SEEN =
      """
      update platform.scanners set
        last_seen = clock_timestamp(), waiting = ?, waiting_bytes = ?, thinned_traces = ?,
        dropped_traces = ?, dropped_bursts = ?, quarantined = ?
      where instance = ? and vantage_point = ? and spool = ?
      """;
  private static final String LET_GO =
      "update platform.slices set instance = null, leaving = false, until = ? where instance = ?";
  private static final String MOVE =
      "update platform.scanners set vantage_point = ?, lease_until = 'epoch' where instance = ?";

  private final ScanConfig config;

  @Inject
  Leases(ScanConfig config) {
    this.config = config;
  }

  /** A new run of a scanner. */
  Lease begin(Connection transaction, Hello hello) throws SQLException {
    String vantagePoint = hello.vantagePoint();
    Instant now = LeaseStore.lock(transaction, vantagePoint);
    if (!enter(transaction, hello)) {
      move(transaction, hello, now);
      enter(transaction, hello);
    }
    return write(
        transaction,
        new VantagePoint(vantagePoint, hello.simulated()),
        hello.instance(),
        now,
        book -> book.begin(hello.instance()));
  }

  /** Extends or ends a lease; empty when the control plane does not know of this run. */
  Optional<Lease> renew(Connection transaction, Renewal renewal) throws SQLException {
    Instant now = LeaseStore.lock(transaction, renewal.vantagePoint());
    if (!seen(transaction, renewal)) {
      return Optional.empty();
    }
    UUID instance = renewal.instance();
    return Optional.of(
        write(
            transaction,
            new VantagePoint(renewal.vantagePoint(), renewal.simulated()),
            instance,
            now,
            book ->
                renewal.leaving() ? book.leave(instance) : book.renew(instance, renewal.obeyed())));
  }

  private Lease write(
      Connection transaction,
      VantagePoint vantagePoint,
      UUID instance,
      Instant now,
      Function<LeaseBook, Lease> change)
      throws SQLException {
    List<LeaseBook.Slice> before = LeaseStore.slices(transaction, vantagePoint.name());
    LeaseBook book =
        new LeaseBook(
            now,
            LeaseTerms.STANDARD,
            config.cadence(vantagePoint.simulated()).burstEvery(),
            LeaseStore.holders(transaction, vantagePoint.name()),
            before);
    Lease lease = change.apply(book);
    LeaseStore.save(transaction, book.holder(instance));
    LeaseStore.save(transaction, vantagePoint.name(), before, book.slices());
    return lease;
  }

  private static boolean enter(Connection transaction, Hello hello) throws SQLException {
    try (PreparedStatement insert = transaction.prepareStatement(ENTER)) {
      insert.setObject(1, hello.instance());
      insert.setString(2, hello.vantagePoint());
      insert.setObject(3, hello.spool());
      state(insert, 4, hello.state());
      return insert.executeUpdate() == 1;
    }
  }

  /** The installation measures for another vantage point than before. */
  private static void move(Connection transaction, Hello hello, Instant now) throws SQLException {
    try (PreparedStatement free = transaction.prepareStatement(LET_GO);
        PreparedStatement move = transaction.prepareStatement(MOVE)) {
      free.setObject(1, now.atOffset(java.time.ZoneOffset.UTC));
      free.setObject(2, hello.instance());
      free.executeUpdate();
      move.setString(1, hello.vantagePoint());
      move.setObject(2, hello.instance());
      move.executeUpdate();
    }
  }

  private static boolean seen(Connection transaction, Renewal renewal) throws SQLException {
    try (PreparedStatement update = transaction.prepareStatement(SEEN)) {
      state(update, 1, renewal.state());
      update.setObject(7, renewal.instance());
      update.setString(8, renewal.vantagePoint());
      update.setObject(9, renewal.spool());
      return update.executeUpdate() == 1;
    }
  }

  private static void state(PreparedStatement statement, int first, SpoolState state)
      throws SQLException {
    statement.setInt(first, state.waiting());
    statement.setLong(first + 1, state.bytes());
    statement.setLong(first + 2, state.thinnedTraces());
    statement.setLong(first + 3, state.droppedTraces());
    statement.setLong(first + 4, state.droppedBursts());
    statement.setLong(first + 5, state.quarantined());
  }
}
