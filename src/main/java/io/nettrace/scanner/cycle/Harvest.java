package io.nettrace.scanner.cycle;

import io.nettrace.scanner.MeasuredBurst;
import io.nettrace.scanner.MeasuredTrace;
import io.nettrace.scanner.Resolution;
import java.util.ArrayList;
import java.util.List;

/** What has been measured and not been sealed yet. Confined to the cycle's thread. */
final class Harvest {
  private final List<MeasuredBurst> bursts = new ArrayList<>();
  private final List<MeasuredTrace> traces = new ArrayList<>();
  private final List<Resolution> resolutions = new ArrayList<>();

  void add(MeasuredBurst burst) {
    bursts.add(burst);
  }

  void add(MeasuredTrace trace) {
    traces.add(trace);
  }

  void add(Resolution resolution) {
    resolutions.add(resolution);
  }

  boolean isEmpty() {
    return bursts.isEmpty() && traces.isEmpty() && resolutions.isEmpty();
  }

  /** Hands everything over and is empty again, unless {@code store} throws. */
  <E extends Exception> void drainTo(Store<E> store) throws E {
    store.seal(bursts, traces, resolutions);
    bursts.clear();
    traces.clear();
    resolutions.clear();
  }

  /** Keeps what was measured. */
  interface Store<E extends Exception> {
    void seal(List<MeasuredBurst> bursts, List<MeasuredTrace> traces, List<Resolution> resolutions)
        throws E;
  }
}
