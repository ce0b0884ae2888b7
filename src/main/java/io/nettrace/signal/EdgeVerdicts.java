package io.nettrace.signal;

import io.nettrace.platform.Service;
import io.nettrace.sample.BurstSample;
import io.nettrace.sample.Latest;
import io.nettrace.sample.Standing;
import io.nettrace.scan.VantagePoint;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** Says of the address that is measured for a target whether it is the service or a front of it. */
@Service
public class EdgeVerdicts {
  private final Latest latest;

  @Inject
  EdgeVerdicts(Latest latest) {
    this.latest = latest;
  }

  /** The verdict on the address that answered last; empty when none was ever measured. */
  public Optional<EdgeVerdict> of(String targetId, VantagePoint from) {
    return latest
        .snapshot()
        .standing(targetId, from)
        .flatMap(Standing::burst)
        .map(BurstSample::address)
        .map(address -> new EdgeVerdict(targetId, address, EdgeVerdict.Kind.UNKNOWN, List.of()));
  }
}
