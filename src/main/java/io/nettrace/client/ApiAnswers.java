package io.nettrace.client;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the API answers, by the names of its OpenAPI document. Delays are milliseconds, ratios 0–1,
 * times UTC; what is unknown is null.
 */
public final class ApiAnswers {
  private ApiAnswers() {}

  public record Delays(
      double min,
      double mean,
      double p50,
      double p90,
      double p95,
      double p99,
      double max,
      @Nullable Double ipdv,
      double pdv) {}

  /** What the record adds is null in {@link Latency}: id, knownAt, revision. */
  public record Burst(
      @Nullable String id,
      Instant observedAt,
      @Nullable Instant knownAt,
      @Nullable Integer revision,
      boolean retracted,
      String method,
      String mode,
      String address,
      int sent,
      int received,
      int sendFailures,
      @Nullable Double lossRatio,
      @Nullable Delays rttMs,
      @Nullable List<Loss> losses) {}

  /** What came back for lost probes: a refusal, or without type and code another's answer. */
  public record Loss(
      int probes, String from, @Nullable Integer icmpType, @Nullable Integer icmpCode) {}

  /** What the record adds is null in {@link Latency} and {@link Route}: id, knownAt. */
  public record Path(
      @Nullable String id,
      Instant observedAt,
      @Nullable Instant knownAt,
      String method,
      String address,
      String end,
      int hopCount,
      @Nullable Double totalRttMs,
      @Nullable String routeHash) {}

  public record Latency(
      String host,
      String targetId,
      String vantagePoint,
      boolean simulated,
      String state,
      boolean stale,
      @Nullable Burst burst,
      @Nullable Path path) {}

  /** All bursts of one bucket; delays by name: min, mean, p50, p99.9, max, ipdv, pdv. */
  public record Point(
      Instant start,
      int bursts,
      long sent,
      long received,
      @Nullable Double lossRatio,
      @Nullable Map<String, Double> rttMs) {}

  public record Series(
      String host, long stepSeconds, Instant start, Instant end, List<Point> items) {}

  public record Summary(
      String host,
      Instant start,
      Instant end,
      int bursts,
      long sent,
      long received,
      @Nullable Double lossRatio,
      @Nullable Map<String, Double> rttMs) {}

  public record Place(
      @Nullable String city,
      @Nullable String country,
      @Nullable Long asn,
      @Nullable String asName,
      String confidence,
      String reason) {}

  public record Reply(String address, double rttMs, Place place) {}

  public record Hop(int ttl, String state, List<Reply> replies) {}

  public record AsStep(long asn, @Nullable String name, int firstTtl, int lastTtl) {}

  public record Hops(
      Instant observedAt,
      String address,
      String end,
      @Nullable String routeHash,
      List<AsStep> asPath,
      List<Hop> hops) {}

  /** Bursts to one side of a change together; delays by name: p50, ipdv. */
  public record Window(int bursts, long sent, long received, @Nullable Map<String, Double> rttMs) {}

  public record Effect(Instant knownAt, Window before, Window after) {}

  public record RouteChange(
      String id,
      Instant observedAt,
      Instant confirmedAt,
      Instant knownAt,
      String address,
      String kind,
      String routeHashBefore,
      String routeHashAfter,
      List<List<String>> pathBefore,
      List<List<String>> pathAfter,
      List<Long> asPathBefore,
      List<Long> asPathAfter,
      @Nullable Effect effect) {}

  public record Route(
      String host,
      String vantagePoint,
      boolean simulated,
      @Nullable Path path,
      @Nullable Hops snapshot,
      @Nullable RouteChange lastChange) {}

  public record DiffStep(
      String outcome, @Nullable Hop a, @Nullable Hop b, @Nullable Double rttMsDifference) {}

  public record RouteDiff(String host, boolean same, Hops a, Hops b, List<DiffStep> steps) {}

  public record Deviation(
      String kind,
      String address,
      Instant openedAt,
      @Nullable Instant closedAt,
      @Nullable Double rttMsBaseline,
      @Nullable Double rttMsSeen,
      double effectSize) {}

  public record EdgeMove(String kind, List<String> before, List<String> after) {}

  /** A fault of a vantage point itself; without an end while it lasts. */
  public record VantageFault(
      String kind, Instant beganAt, @Nullable Instant endedAt, int targets, String reason) {}

  /**
   * Something that happened; what its type names is there, the others are null. Only what happened
   * to a vantage point has no host.
   */
  public record Event(
      String id,
      String type,
      Instant at,
      Instant knownAt,
      @Nullable String host,
      String vantagePoint,
      @Nullable RouteChange routeChange,
      @Nullable Deviation deviation,
      @Nullable EdgeMove edgeMove,
      @Nullable VantageFault vantageFault) {}

  public record Ranked(int rank, String host, double value) {}

  public record Rankings(String metric, String unit, List<Ranked> items) {}

  public record ExportFile(
      String name,
      String host,
      @Nullable Long rows,
      @Nullable Long bytes,
      @Nullable String sha256,
      @Nullable String href) {}

  public record Export(UUID id, String state, @Nullable String failure, List<ExportFile> files) {}

  /** Without hosts every target; without an end until now. */
  public record ExportOrder(
      @Nullable List<String> hosts,
      Instant start,
      @Nullable Instant end,
      String format,
      String compression) {}
}
