package io.nettrace.prober.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nettrace.metric.AddressText;
import io.nettrace.metric.Burst;
import io.nettrace.metric.DelaySummary;
import io.nettrace.metric.Hop;
import io.nettrace.metric.HopReply;
import io.nettrace.metric.LossReason;
import io.nettrace.metric.MplsLabel;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Refusal;
import io.nettrace.metric.Trace;
import io.nettrace.platform.time.TimeText;
import io.nettrace.prober.strategy.HopProbes;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Prints findings for programs under the names of the API ({@code HopSnapshot}, {@code Burst}):
 * delays in milliseconds, what is unknown is absent.
 */
final class FindingJson {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int[] PERCENTILES = {50, 90, 95, 99};

  private final ObjectMapper mapper = new ObjectMapper();
  private final ProbeMode mode;
  private final String reason;
  private final AsTable systems;

  FindingJson(ProbeMode mode, String reason, AsTable systems) {
    this.mode = mode;
    this.reason = reason;
    this.systems = systems;
  }

  void print(List<HostResult> findings, PrintWriter out) {
    ObjectNode document = mapper.createObjectNode();
    document.put("mode", name(mode)).put("mode_reason", reason);
    ArrayNode hosts = document.putArray("hosts");
    for (HostResult finding : findings) {
      ObjectNode node = hosts.addObject().put("host", finding.host());
      switch (finding) {
        case HostResult.Unresolved unresolved -> node.put("unresolved", unresolved.reason());
        case HostResult.Measured measured -> write(measured, node);
        case HostResult.Continuous continuous -> write(continuous.watched(), node);
      }
    }
    out.println(document.toPrettyString());
  }

  private void write(HostResult.Measured measured, ObjectNode node) {
    addresses(measured.answers().addresses(), measured.notes(), node);
    ArrayNode hops = write(measured.trace(), node.putObject("snapshot"));
    for (Hop hop : measured.trace().hops()) {
      ObjectNode hopNode = write(hop.ttl(), name(hop.state()), hop.refusal(), hops);
      measured.path().probes().stream()
          .filter(probes -> probes.ttl() == hop.ttl())
          .forEach(probes -> write(probes, hopNode));
      replies(hop.replies(), hopNode);
    }
    ObjectNode burst = node.putObject("burst");
    write(measured.burst(), burst);
    measured.burst().losses().forEach(loss -> write(loss, burst.withArray("losses").addObject()));
  }

  private void write(ContinuousHost watched, ObjectNode node) {
    addresses(watched.answers().addresses(), watched.notes(), node);
    node.put("rounds", watched.rounds());
    if (watched.trace().isEmpty()) {
      return;
    }
    Trace newest = watched.trace().get();
    ArrayNode hops = write(newest, node.putObject("snapshot"));
    for (ContinuousHost.Row row : watched.rows()) {
      ObjectNode hop = write(row.ttl(), name(row.state()), Optional.empty(), hops);
      write(row.tally(), hop);
      replies(row.replies(), hop);
    }
    ObjectNode burst = header(newest, node.putObject("burst"));
    write(watched.end(), burst);
    burst.put("send_failures", watched.sendFailures());
  }

  private static void addresses(List<InetAddress> addresses, List<String> notes, ObjectNode node) {
    ArrayNode array = node.putArray("addresses");
    addresses.forEach(address -> array.add(AddressText.of(address)));
    notes.forEach(note -> node.withArray("notes").add(note));
  }

  private static ObjectNode header(Trace trace, ObjectNode node) {
    return node.put("observed_at", TimeText.write(trace.startedAt()))
        .put("method", name(trace.protocol()))
        .put("mode", name(trace.mode()))
        .put("address", AddressText.of(trace.address()));
  }

  /** The array for its hops. */
  private ArrayNode write(Trace trace, ObjectNode node) {
    header(trace, node).put("end", name(trace.end()));
    ArrayNode path = node.putArray("as_path");
    ObjectNode step = null;
    for (Hop hop : trace.hops()) {
      AsTable.AutonomousSystem system =
          hop.replies().isEmpty()
              ? null
              : systems.of(hop.replies().getFirst().address()).orElse(null);
      if (system == null) {
        continue;
      }
      if (step == null || step.path("asn").asLong() != system.asn()) {
        step = path.addObject().put("asn", system.asn()).put("first_ttl", hop.ttl());
        if (system.name().isPresent()) {
          step.put("name", system.name().get());
        }
      }
      step.put("last_ttl", hop.ttl());
    }
    return node.putArray("hops");
  }

  private static ObjectNode write(
      int ttl, String state, Optional<Refusal> refusal, ArrayNode hops) {
    ObjectNode node = hops.addObject().put("ttl", ttl).put("state", state);
    refusal.ifPresent(one -> write(one, node));
    return node;
  }

  private static void write(Refusal refusal, ObjectNode node) {
    node.put("icmp_type", refusal.icmpType()).put("icmp_code", refusal.icmpCode());
  }

  private static void write(HopProbes probes, ObjectNode node) {
    RoundTally tally = new RoundTally();
    tally.count(probes.sent(), probes.received());
    write(tally, node);
  }

  private static void write(RoundTally tally, ObjectNode node) {
    node.put("sent", tally.sent()).put("received", tally.received());
    tally.lossRatio().ifPresent(ratio -> node.put("loss_ratio", ratio));
    if (tally.hasDelays()) {
      ObjectNode delays = node.putObject("rtt_ms");
      put(delays, "last", tally.lastNanos());
      put(delays, "min", tally.bestNanos());
      put(delays, "mean", tally.meanNanos());
      for (int percentile : PERCENTILES) {
        put(delays, "p" + percentile, tally.percentileNanos(percentile));
      }
      put(delays, "max", tally.worstNanos());
      put(delays, "pdv", Math.max(0, tally.percentileNanos(99) - tally.bestNanos()));
      put(delays, "stddev", tally.standardDeviationNanos());
      tally.ipdvNanos().ifPresent(ipdv -> put(delays, "ipdv", ipdv));
    }
  }

  private void replies(List<HopReply> replies, ObjectNode hop) {
    ArrayNode array = hop.putArray("replies");
    for (HopReply reply : replies) {
      ObjectNode node = array.addObject().put("address", AddressText.of(reply.address()));
      put(node, "rtt_ms", reply.rttNanos());
      systems
          .of(reply.address())
          .ifPresent(
              system -> {
                ObjectNode place = node.putObject("place").put("asn", system.asn());
                system.name().ifPresent(name -> place.put("as_name", name));
              });
      reply.labels().forEach(label -> write(label, node.withArray("mpls").addObject()));
    }
  }

  private static void write(MplsLabel label, ObjectNode node) {
    node.put("label", label.label())
        .put("traffic_class", label.trafficClass())
        .put("bottom_of_stack", label.bottomOfStack())
        .put("ttl", label.ttl());
  }

  private static void write(LossReason loss, ObjectNode node) {
    node.put("probes", loss.probes()).put("from", AddressText.of(loss.from()));
    loss.refusal().ifPresent(one -> write(one, node));
  }

  private static void write(Burst burst, ObjectNode node) {
    node.put("observed_at", TimeText.write(burst.startedAt()))
        .put("method", name(burst.protocol()))
        .put("mode", name(burst.mode()))
        .put("address", AddressText.of(burst.address()))
        .put("sent", burst.sent())
        .put("received", burst.received())
        .put("send_failures", burst.sendFailures());
    burst.lossRatio().ifPresent(ratio -> node.put("loss_ratio", ratio));
    burst.delays().ifPresent(delays -> write(delays, node.putObject("rtt_ms")));
  }

  private static void write(DelaySummary delays, ObjectNode node) {
    put(node, "min", delays.minNanos());
    put(node, "mean", delays.meanNanos());
    put(node, "p50", delays.p50Nanos());
    put(node, "p90", delays.p90Nanos());
    put(node, "p95", delays.p95Nanos());
    put(node, "p99", delays.p99Nanos());
    put(node, "max", delays.maxNanos());
    delays.ipdvNanos().ifPresent(ipdv -> put(node, "ipdv", ipdv));
    put(node, "pdv", delays.pdvNanos());
  }

  private static void put(ObjectNode node, String name, long nanos) {
    node.put(name, nanos / NANOS_PER_MILLI);
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
