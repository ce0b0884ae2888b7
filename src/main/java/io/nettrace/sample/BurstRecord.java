package io.nettrace.sample;

import io.nettrace.metric.DelayHistogram;
import io.nettrace.metric.DelaySummary;
import io.nettrace.metric.LossReason;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import java.net.InetAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One row after another of {@code catalog.bursts}, as COPY sends it in binary. */
final class BurstRecord implements BurstRow {
  /** Whoever only sums up needs no names. */
  private static final SeriesKey UNNAMED =
      new SeriesKey(
          "", "", "", false, Protocol.ICMP, ProbeMode.RAW, InetAddress.ofLiteral("0.0.0.0"));

  private final Map<Integer, SeriesKey> series;
  private final Map<Integer, String> addresses = new HashMap<>();
  private final StoredDelays delays = new StoredDelays();
  private long observedAt;
  private long knownAt;
  private int number;
  private SeriesKey key = UNNAMED;
  private int sent;
  private int received;
  private int sendFailures;
  private int revision;
  private boolean retracted;
  private String losses = "";

  /** Rows of a series that {@code series} does not name have no names. */
  BurstRecord(Map<Integer, SeriesKey> series) {
    this.series = series;
    series.forEach((number, each) -> addresses.put(number, each.addressText()));
  }

  /** Shows the row that {@code in} stands at. */
  void show(CopyTuple in) {
    observedAt = in.number() + CopyBytes.EPOCH_MICROS;
    knownAt = in.number() + CopyBytes.EPOCH_MICROS;
    int next = in.integer();
    if (next != number) {
      number = next;
      key = series.getOrDefault(next, UNNAMED);
    }
    sent = in.small();
    received = in.small();
    sendFailures = in.small();
    revision = in.small();
    retracted = in.truth();
    int length = in.length();
    if (length > 0) {
      delays.show(in.bytes(), in.position(), in.position() + length, received);
    }
    losses = in.text();
  }

  int series() {
    return number;
  }

  boolean retracted() {
    return retracted;
  }

  StoredDelays delays() {
    return delays;
  }

  /** Every delay, the smallest first. */
  long[] delaysNanos() {
    DelayHistogram all = new DelayHistogram();
    if (received > 0) {
      delays.addTo(all);
    }
    return all.delaysNanos();
  }

  /** The row, to be kept. */
  RecordedBurst recorded() {
    BurstSample sample = sample();
    Instant known = Instant.EPOCH.plus(knownAt, ChronoUnit.MICROS);
    return new RecordedBurst(
        sample,
        known,
        revision,
        retracted,
        KnownPosition.of(known, sample.observedAt(), Integer.toString(number)));
  }

  BurstSample sample() {
    Optional<DelaySummary> summary =
        received > 0 ? Optional.of(delays.summary()) : Optional.empty();
    return new BurstSample(
        Instant.EPOCH.plus(observedAt, ChronoUnit.MICROS),
        key.method(),
        key.mode(),
        key.address(),
        sent,
        received,
        sendFailures,
        summary,
        LossReason.read(losses));
  }

  @Override
  public long observedAtMicros() {
    return observedAt;
  }

  @Override
  public long knownAtMicros() {
    return knownAt;
  }

  @Override
  public int revision() {
    return revision;
  }

  @Override
  public String host() {
    return key.host();
  }

  @Override
  public boolean simulated() {
    return key.simulated();
  }

  @Override
  public Protocol method() {
    return key.method();
  }

  @Override
  public ProbeMode mode() {
    return key.mode();
  }

  @Override
  public String address() {
    return addresses.getOrDefault(number, "");
  }

  @Override
  public int sent() {
    return sent;
  }

  @Override
  public int received() {
    return received;
  }

  @Override
  public int sendFailures() {
    return sendFailures;
  }

  @Override
  public long minNanos() {
    return delays.min();
  }

  @Override
  public long meanNanos() {
    return delays.mean();
  }

  @Override
  public long p50Nanos() {
    return delays.p50();
  }

  @Override
  public long p90Nanos() {
    return delays.p90();
  }

  @Override
  public long p95Nanos() {
    return delays.p95();
  }

  @Override
  public long p99Nanos() {
    return delays.p99();
  }

  @Override
  public long maxNanos() {
    return delays.max();
  }

  @Override
  public long ipdvNanos() {
    return delays.ipdv();
  }

  @Override
  public long pdvNanos() {
    return delays.pdv();
  }

  @Override
  public String losses() {
    return losses;
  }
}
