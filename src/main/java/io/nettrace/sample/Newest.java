package io.nettrace.sample;

import io.nettrace.scan.AcceptedScan;
import io.nettrace.scan.VantagePoint;
import io.nettrace.scanner.MeasuredBurst;
import io.nettrace.scanner.Resolution;
import java.util.List;
import java.util.stream.IntStream;

/** What a stored scan changes in the snapshot, as one node tells the others. */
record Newest(
    VantagePoint vantagePoint,
    List<MeasuredBurst> bursts,
    List<NewestTrace> traces,
    List<Resolution> resolutions) {

  /** A trace without its hops. */
  record NewestTrace(String targetId, TraceSample sample) {}

  Newest {
    bursts = List.copyOf(bursts);
    traces = List.copyOf(traces);
    resolutions = List.copyOf(resolutions);
  }

  /** {@code routes} holds one answer for each of the scan's traces. */
  static Newest of(AcceptedScan scan, List<IdentifiedRoute> routes) {
    List<NewestTrace> traces =
        IntStream.range(0, scan.traces().size())
            .mapToObj(
                i ->
                    new NewestTrace(
                        scan.traces().get(i).targetId(),
                        Samples.of(scan.traces().get(i).trace(), routes.get(i).hash())))
            .toList();
    return new Newest(scan.vantagePoint(), scan.bursts(), traces, scan.resolutions());
  }
}
