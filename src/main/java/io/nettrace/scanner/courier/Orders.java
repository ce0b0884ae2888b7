package io.nettrace.scanner.courier;

import io.nettrace.scanner.Assignment;
import java.util.List;

/** Takes what the control plane wants done. */
public interface Orders {
  void assigned(Assignment assignment);

  void traceNow(List<String> targetIds);
}
