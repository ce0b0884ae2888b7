package io.nettrace.scan;

import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.scanner.Hello;
import io.nettrace.scanner.Lease;
import io.nettrace.scanner.Renewal;
import io.nettrace.scanner.SpoolState;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Grants slices of a vantage point's targets to its scanners, in the caller's transaction. */
@Service
public class Leases {
  private static final Sql ENTER =
      Sql.of(
          """
          insert into platform.scanners
            (instance, vantage_point, spool, waiting, waiting_bytes, thinned_traces,
             dropped_traces, dropped_bursts, quarantined, unwritten)
          values (:instance, :vantage_point, :spool, :waiting, :waiting_bytes, :thinned_traces,
            :dropped_traces, :dropped_bursts, :quarantined, :unwritten)
          on conflict (vantage_point, instance) do update set
            spool = excluded.spool, last_seen = clock_timestamp(), waiting = excluded.waiting,
            waiting_bytes = excluded.waiting_bytes, thinned_traces = excluded.thinned_traces,
            dropped_traces = excluded.dropped_traces, dropped_bursts = excluded.dropped_bursts,
            quarantined = excluded.quarantined, unwritten = excluded.unwritten
          """);
  private static final Sql SEEN =
      Sql.of(
          """
          update platform.scanners set
            last_seen = clock_timestamp(), waiting = :waiting, waiting_bytes = :waiting_bytes,
            thinned_traces = :thinned_traces, dropped_traces = :dropped_traces,
            dropped_bursts = :dropped_bursts, quarantined = :quarantined, unwritten = :unwritten
          where instance = :instance and vantage_point = :vantage_point and spool = :spool
          """);

  private final ScanConfig config;

  @Inject
  Leases(ScanConfig config) {
    this.config = config;
  }

  /** A new run of a scanner. */
  Lease begin(Connection transaction, Hello hello) throws SQLException {
    String vantagePoint = hello.vantagePoint();
    Instant now = LeaseStore.lock(transaction, vantagePoint);
    enter(transaction, hello);
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
    LeaseStore.save(transaction, vantagePoint.name(), book.holder(instance));
    LeaseStore.save(transaction, vantagePoint.name(), before, book.slices());
    return lease;
  }

  private static void enter(Connection transaction, Hello hello) throws SQLException {
    int _ =
        state(ENTER, hello.state())
            .bind("instance", hello.instance())
            .bind("vantage_point", hello.vantagePoint())
            .bind("spool", hello.spool())
            .update(transaction);
  }

  private static boolean seen(Connection transaction, Renewal renewal) throws SQLException {
    return state(SEEN, renewal.state())
            .bind("instance", renewal.instance())
            .bind("vantage_point", renewal.vantagePoint())
            .bind("spool", renewal.spool())
            .update(transaction)
        == 1;
  }

  private static Sql state(Sql sql, SpoolState state) {
    return sql.bind("waiting", state.waiting())
        .bind("waiting_bytes", state.bytes())
        .bind("thinned_traces", state.thinnedTraces())
        .bind("dropped_traces", state.droppedTraces())
        .bind("dropped_bursts", state.droppedBursts())
        .bind("quarantined", state.quarantined())
        .bind("unwritten", state.unwritten());
  }
}
