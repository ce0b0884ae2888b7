package io.nettrace.sample;

import io.nettrace.platform.Database;
import io.nettrace.scan.Recorder;
import io.nettrace.testing.NoObservers;
import java.time.Clock;
import java.time.Duration;

/** The record's end of a control plane, made without a container. */
public final class RecorderKit {
  private static final SampleConfig CONFIG = new SampleConfig(4, Duration.ofMinutes(3));

  private RecorderKit() {}

  public static Recorder recorder(Database database) {
    Latest latest = new Latest(database, CONFIG, new NoObservers<>(), Clock.systemUTC());
    return new SampleRecorder(
        recording -> recording.scan().traces().stream().map(_ -> IdentifiedRoute.NONE).toList(),
        latest,
        CONFIG,
        new Partitions());
  }
}
