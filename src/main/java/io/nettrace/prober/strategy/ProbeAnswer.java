package io.nettrace.prober.strategy;

import io.nettrace.metric.MplsLabel;
import java.util.List;

/** One answer to one probe. A network fills the same object again and again. */
public final class ProbeAnswer {
  /** Who answered, in the trace's terms. */
  public enum Kind {
    /** A router on the way. */
    HOP,
    /** The target. */
    TARGET,
    /** Somebody who says the target cannot be reached. */
    REFUSAL
  }

  public Kind kind = Kind.HOP;
  public long fromHi;
  public long fromLo;
  public int icmpType;
  public int icmpCode;

  /** TTL with which the answer arrived; 0 when unknown. */
  public int hopLimit;

  public List<MplsLabel> labels = List.of();

  /** Kernel's wall-clock stamp of arrival; 0 when it gave none. */
  public long stamp;

  /** Monotonic time at which the answer was read, and the wall clock's distance from it. */
  public long readNanos;

  public long clockOffset;

  /** Round-trip delay the kernel measured itself; 0 when it is to be computed from the stamps. */
  public long measuredNanos;
}
