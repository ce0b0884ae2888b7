package io.nettrace.sample;

import io.nettrace.metric.DelaySummary;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** A row of a query as an export shows it. */
record ResultRow(BurstSample burst, String host, boolean simulated, Instant knownAt)
    implements BurstRow {
  private static final DelaySummary NOTHING =
      new DelaySummary(0, 0, 0, 0, 0, 0, 0, java.util.OptionalLong.empty(), 0);

  static ResultRow of(ResultSet row) throws SQLException {
    return new ResultRow(
        Samples.burst(row),
        row.getString("target_host"),
        row.getBoolean("simulated"),
        Samples.time(row, "known_at"));
  }

  private DelaySummary delays() {
    return Optional.of(burst).flatMap(BurstSample::delays).orElse(NOTHING);
  }

  @Override
  public long observedAtMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, burst.observedAt());
  }

  @Override
  public long knownAtMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, knownAt);
  }

  @Override
  public int revision() {
    return 0;
  }

  @Override
  public Protocol method() {
    return burst.method();
  }

  @Override
  public ProbeMode mode() {
    return burst.mode();
  }

  @Override
  public String address() {
    return burst.address().getHostAddress();
  }

  @Override
  public int sent() {
    return burst.sent();
  }

  @Override
  public int received() {
    return burst.received();
  }

  @Override
  public int sendFailures() {
    return burst.sendFailures();
  }

  @Override
  public long minNanos() {
    return delays().minNanos();
  }

  @Override
  public long meanNanos() {
    return delays().meanNanos();
  }

  @Override
  public long p50Nanos() {
    return delays().p50Nanos();
  }

  @Override
  public long p90Nanos() {
    return delays().p90Nanos();
  }

  @Override
  public long p95Nanos() {
    return delays().p95Nanos();
  }

  @Override
  public long p99Nanos() {
    return delays().p99Nanos();
  }

  @Override
  public long maxNanos() {
    return delays().maxNanos();
  }

  @Override
  public long ipdvNanos() {
    return delays().ipdvNanos().orElse(NO_IPDV);
  }

  @Override
  public long pdvNanos() {
    return delays().pdvNanos();
  }
}
