package io.nettrace.sample;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Every n-th trace of a target, beginning with the first that this process sees. */
final class SnapshotCadence {
  private final int every;
  private final Map<String, Integer> traces = new ConcurrentHashMap<>();

  SnapshotCadence(int every) {
    this.every = every;
  }

  boolean isDue(String vantagePoint, String targetId) {
    int count = traces.merge(vantagePoint + '/' + targetId, 1, Integer::sum);
    return (count - 1) % every == 0;
  }
}
