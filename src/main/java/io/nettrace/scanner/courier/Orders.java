package io.nettrace.scanner.courier;

import io.nettrace.scanner.Assignment;
import io.nettrace.scanner.Lease;
import java.util.List;

/** Takes what the control plane wants done. */
public interface Orders {
  void assigned(Assignment assignment);

  /**
   * What may be measured from now on.
   *
   * @param askedNanos {@link System#nanoTime} before it was asked for
   * @param heardNanos when the answer was there
   */
  void leased(Lease lease, long askedNanos, long heardNanos);

  void traceNow(List<String> targetIds);
}
