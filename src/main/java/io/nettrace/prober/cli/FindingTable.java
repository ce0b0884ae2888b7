package io.nettrace.prober.cli;

import io.nettrace.metric.AddressText;
import io.nettrace.metric.Burst;
import io.nettrace.metric.DelaySummary;
import io.nettrace.metric.Hop;
import io.nettrace.metric.HopReply;
import io.nettrace.metric.MplsLabel;
import io.nettrace.metric.Refusal;
import io.nettrace.metric.Trace;
import java.io.PrintWriter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

/** Prints a finding for people. */
final class FindingTable {
  private static final double NANOS_PER_MILLI = 1e6;

  private final HopNames names;
  private final AsTable systems;

  FindingTable(HopNames names, AsTable systems) {
    this.names = names;
    this.systems = systems;
  }

  void print(HostResult finding, PrintWriter out) {
    switch (finding) {
      case HostResult.Unresolved unresolved ->
          out.printf("%s  cannot be resolved: %s%n%n", unresolved.host(), unresolved.reason());
      case HostResult.Continuous continuous ->
          new WatchTable(names, systems).print(continuous.watched(), out);
      case HostResult.Measured measured -> {
        Trace trace = measured.trace();
        names.ask(trace.hops().stream().flatMap(hop -> hop.addresses().stream()).toList());
        out.printf(
            "%s  %s  %s  %s%n",
            measured.host(),
            AddressText.of(trace.address()),
            trace.protocol(),
            trace.mode().name().toLowerCase(Locale.ROOT));
        trace.hops().forEach(hop -> print(hop, lost(measured, hop.ttl()), out));
        out.printf("    %s; %s%n", ending(trace), summary(measured.burst()));
        measured.burst().losses().forEach(loss -> out.printf("    lost: %s%n", loss.words()));
        measured.notes().forEach(note -> out.printf("    note: %s%n", note));
        out.println();
      }
    }
  }

  /** How many of its probes a hop left unanswered, where it did. */
  private static String lost(HostResult.Measured measured, int ttl) {
    return measured.path().probes().stream()
        .filter(probes -> probes.ttl() == ttl && probes.received() < probes.sent())
        .map(probes -> " lost " + (probes.sent() - probes.received()) + " of " + probes.sent())
        .findFirst()
        .orElse("");
  }

  private void print(Hop hop, String lost, PrintWriter out) {
    if (hop.replies().isEmpty()) {
      out.printf("%3d  *%s%n", hop.ttl(), lost);
      return;
    }
    String number = String.valueOf(hop.ttl());
    for (HopReply reply : hop.replies()) {
      out.printf(
          "%3s  %-16s %10s  %-12s %s%s%s%s%n",
          number,
          AddressText.of(reply.address()),
          millis(reply.rttNanos()),
          number.isEmpty() ? "" : hop.state().name().toLowerCase(Locale.ROOT),
          nameOf(reply.address()),
          systems.of(reply.address()).map(system -> "  " + system.text()).orElse(""),
          labels(reply.labels()),
          number.isEmpty() ? "" : lost);
      number = "";
    }
  }

  private String nameOf(InetAddress address) {
    return names.of(address).orElse("");
  }

  private static String labels(List<MplsLabel> labels) {
    StringBuilder text = new StringBuilder();
    for (MplsLabel label : labels) {
      text.append(" mpls ").append(label.label()).append(" ttl ").append(label.ttl());
    }
    return text.toString();
  }

  private static String words(Refusal one, boolean ipv6) {
    return String.format(
        Locale.ROOT, "%s (ICMP type %d code %d)", one.words(ipv6), one.icmpType(), one.icmpCode());
  }

  private static String ending(Trace trace) {
    return switch (trace.end()) {
      case DESTINATION_REACHED -> "reached after " + trace.hopCount() + " hops";
      case UNREACHABLE -> "unreachable" + refusal(trace);
      case SILENCE -> "no answer behind hop " + trace.hopCount();
      case TTL_EXHAUSTED -> "not reached within " + trace.hopCount() + " hops";
      case SEND_FAILED -> "no hops seen: this mode cannot, or no probe could be sent";
    };
  }

  private static String refusal(Trace trace) {
    boolean ipv6 = trace.address() instanceof Inet6Address;
    return trace.hops().getLast().refusal().map(one -> ": " + words(one, ipv6)).orElse("");
  }

  private static String summary(Burst burst) {
    if (burst.sent() == 0) {
      return "no probe could be sent";
    }
    String delays = burst.delays().map(FindingTable::delays).orElse("no answer");
    return String.format(
        Locale.ROOT, "%d of %d probes answered, %s", burst.received(), burst.sent(), delays);
  }

  private static String delays(DelaySummary delays) {
    return String.format(
        Locale.ROOT,
        "min %s, p50 %s, p99 %s, pdv %s",
        millis(delays.minNanos()),
        millis(delays.p50Nanos()),
        millis(delays.p99Nanos()),
        millis(delays.pdvNanos()));
  }

  static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.3f ms", nanos / NANOS_PER_MILLI);
  }
}
