package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.ConstantNames;
import io.nettrace.scanner.OwnFault;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A fault of a vantage point itself; without an end while it lasts. */
record FaultView(
    String kind, Instant beganAt, @Nullable Instant endedAt, int targets, String reason) {

  static FaultView of(OwnFault fault) {
    return new FaultView(
        ConstantNames.of(fault.kind()),
        fault.beganAt(),
        fault.endedAt().orElse(null),
        fault.targets(),
        fault.reason());
  }
}
