package io.nettrace.sample;

import io.nettrace.platform.Database;
import io.nettrace.scan.AcceptedScan;
import io.nettrace.scan.Recording;
import io.nettrace.testing.NoObservers;
import java.time.Clock;
import java.time.Duration;

/** The record for tests of other components: scans go in as deliveries do. */
public final class RecordKit {
  private static final SampleConfig CONFIG = new SampleConfig(4, Duration.ofMinutes(3));

  private final Database database;
  private final Latest latest;
  private final SampleRecorder recorder;

  public RecordKit(Database database, RouteIdentifier routes) {
    this.database = database;
    this.latest = new Latest(database, CONFIG, new NoObservers<>(), Clock.systemUTC());
    this.recorder = new SampleRecorder(routes, latest, CONFIG, new Partitions());
  }

  public Latest latest() {
    return latest;
  }

  public History history() {
    return new History(database);
  }

  public void store(AcceptedScan scan) {
    database
        .transaction(
            transaction -> {
              Recording recording = new Recording(transaction, scan);
              recorder.record(recording);
              return recording;
            })
        .committed();
  }
}
