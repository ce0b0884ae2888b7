package io.nettrace.prober;

import io.nettrace.prober.strategy.Counters;
import io.nettrace.prober.strategy.DropReason;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a prober has done since it was opened.
 *
 * @param answered answers in time; {@code answeredLate} came after the probe had been given up
 * @param retried probes sent again because the first got no answer in time
 * @param expired probes given up
 * @param sendFailures probes the kernel would not send
 * @param clockSteps answers measured by the monotonic clock because the wall clock was stepped
 * @param dropped packets that were no answers to our probes, by reason
 */
public record ProberStatistics(
    long sent,
    long answered,
    long answeredLate,
    long retried,
    long expired,
    long sendFailures,
    long clockSteps,
    Map<DropReason, Long> dropped) {
  public ProberStatistics {
    dropped = Map.copyOf(dropped);
  }

  static ProberStatistics of(Counters counters) {
    Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
    for (DropReason reason : DropReason.values()) {
      dropped.put(reason, counters.get(reason));
    }
    return new ProberStatistics(
        counters.get(Counters.Event.SENT),
        counters.get(Counters.Event.ANSWERED),
        counters.get(Counters.Event.ANSWERED_LATE),
        counters.get(Counters.Event.RETRIED),
        counters.get(Counters.Event.EXPIRED),
        counters.get(Counters.Event.SEND_FAILED),
        counters.get(Counters.Event.CLOCK_STEPPED),
        dropped);
  }
}
