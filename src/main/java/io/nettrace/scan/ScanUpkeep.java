package io.nettrace.scan;

import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;

/** Forgets what scanners left behind. */
@Service
public class ScanUpkeep {
  private static final Duration PERIOD = Duration.ofHours(1);
  private static final Sql FORGET_SCANNERS =
      Sql.of(
          """
          delete from platform.scanners s
          where last_seen < clock_timestamp() - interval '30 days'
            and not exists (select from platform.slices
              where vantage_point = s.vantage_point and instance = s.instance)
          """);

  private final Database database;
  private final Chores chores;
  private final TraceRequests traceRequests;
  private final Clock clock;

  @Inject
  ScanUpkeep(Database database, Chores chores, TraceRequests traceRequests, Clock clock) {
    this.clock = clock;
    this.database = database;
    this.chores = chores;
    this.traceRequests = traceRequests;
  }

  void begin(@Observes DatabaseReady ready) {
    chores.every(PERIOD, "forgetting trace requests that nobody took", traceRequests::forget);
    chores.every(PERIOD, "forgetting scanners that are gone", this::forgetScanners);
  }

  void forgetScanners() {
    int _ =
        database.<Integer>transaction(
            tx -> {
              int forgotten = FORGET_SCANNERS.update(tx.connection());
              VantageFaults.endOfGone(tx.connection(), clock.instant());
              return forgotten;
            });
  }
}
