package io.nettrace.edge.api.v1;

import io.nettrace.sample.RecordedBurst;
import io.nettrace.sample.Selection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Delay and loss of one burst of the record.
 *
 * @param retracted true when this revision says that there is no such burst; else absent
 */
record RecordedBurstView(
    String id,
    Instant observedAt,
    Instant knownAt,
    int revision,
    @Nullable Boolean retracted,
    String method,
    String mode,
    String address,
    int sent,
    int received,
    int sendFailures,
    @Nullable Double lossRatio,
    BurstView.@Nullable DelaysView rttMs,
    @Nullable List<BurstView.LossView> losses) {

  static RecordedBurstView of(Selection selection, RecordedBurst row) {
    BurstView burst = BurstView.of(row.burst());
    return new RecordedBurstView(
        ItemIds.burst(selection, row.burst()),
        burst.observedAt(),
        row.knownAt(),
        row.revision(),
        row.retracted() ? true : null,
        burst.method(),
        burst.mode(),
        burst.address(),
        burst.sent(),
        burst.received(),
        burst.sendFailures(),
        burst.lossRatio(),
        burst.rttMs(),
        burst.losses());
  }
}
