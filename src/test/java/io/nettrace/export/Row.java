package io.nettrace.export;

import io.nettrace.metric.DelaySummary;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import io.nettrace.sample.BurstRow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** A burst of www.nyse.com in the lab, made up. */
record Row(Instant observedAt, Optional<DelaySummary> delays, String losses) implements BurstRow {

  @Override
  public long observedAtMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, observedAt);
  }

  @Override
  public long knownAtMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("2024-03-01T00:00:02.5Z"));
  }

  @Override
  public int revision() {
    return 0;
  }

  @Override
  public String host() {
    return "www.nyse.com";
  }

  @Override
  public boolean simulated() {
    return true;
  }

  @Override
  public Protocol method() {
    return Protocol.ICMP;
  }

  @Override
  public ProbeMode mode() {
    return ProbeMode.RAW;
  }

  @Override
  public String address() {
    return "198.19.0.1";
  }

  @Override
  public int sent() {
    return 10;
  }

  @Override
  public int received() {
    return delays.isPresent() ? 8 : 0;
  }

  @Override
  public int sendFailures() {
    return 0;
  }

  @Override
  public long minNanos() {
    return delays.orElseThrow().minNanos();
  }

  @Override
  public long meanNanos() {
    return delays.orElseThrow().meanNanos();
  }

  @Override
  public long p50Nanos() {
    return delays.orElseThrow().p50Nanos();
  }

  @Override
  public long p90Nanos() {
    return delays.orElseThrow().p90Nanos();
  }

  @Override
  public long p95Nanos() {
    return delays.orElseThrow().p95Nanos();
  }

  @Override
  public long p99Nanos() {
    return delays.orElseThrow().p99Nanos();
  }

  @Override
  public long maxNanos() {
    return delays.orElseThrow().maxNanos();
  }

  @Override
  public long ipdvNanos() {
    return delays.orElseThrow().ipdvNanos().orElse(NO_IPDV);
  }

  @Override
  public long pdvNanos() {
    return delays.orElseThrow().pdvNanos();
  }
}
