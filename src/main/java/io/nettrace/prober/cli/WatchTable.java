package io.nettrace.prober.cli;

import io.nettrace.metric.AddressText;
import io.nettrace.metric.HopState;
import io.nettrace.metric.Trace;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints a host that is watched for people: a line per hop, the target's loss last. */
final class WatchTable {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double PERCENT = 100;

  private final HopNames names;
  private final AsTable systems;

  WatchTable(HopNames names, AsTable systems) {
    this.names = names;
    this.systems = systems;
  }

  void print(ContinuousHost host, PrintWriter out) {
    Trace trace = host.trace().orElse(null);
    if (trace == null) {
      out.printf("%s  no round is complete%n%n", host.host());
      return;
    }
    names.ask(
        host.rows().stream()
            .flatMap(row -> row.replies().stream())
            .map(reply -> reply.address())
            .toList());
    out.printf(
        "%s  %s  %s  %s  rounds: %d%n",
        host.host(),
        AddressText.of(trace.address()),
        trace.protocol(),
        trace.mode().name().toLowerCase(Locale.ROOT),
        host.rounds());
    out.printf(
        "%3s  %-24s %7s %6s %6s %9s %9s %9s %9s %9s%n",
        "hop", "address", "loss", "sent", "recv", "last", "best", "avg", "worst", "stddev");
    for (ContinuousHost.Row row : host.rows()) {
      String address =
          row.replies().isEmpty() ? "*" : AddressText.of(row.replies().getFirst().address());
      out.println(line(String.valueOf(row.ttl()), address, row.tally()) + remarks(row));
    }
    if (host.rows().isEmpty() || host.rows().getLast().state() != HopState.DESTINATION) {
      out.println(line("", AddressText.of(trace.address()), host.end()) + "  target");
    }
    host.notes().forEach(note -> out.printf("    note: %s%n", note));
    out.println();
  }

  /** What a log has of a round. */
  static String line(ContinuousHost host) {
    return String.format(
        Locale.ROOT,
        "%s  round %d: %s of %d answered, loss %s, last %s ms",
        host.host(),
        host.rounds(),
        host.end().received(),
        host.end().sent(),
        loss(host.end()),
        host.end().hasDelays() ? millis(host.end().lastNanos()) : "-");
  }

  private String remarks(ContinuousHost.Row row) {
    if (row.replies().isEmpty()) {
      return "  silent: no loss of the path"; // something behind it answers
    }
    StringBuilder text = new StringBuilder();
    switch (row.state()) {
      case RATE_LIMITED -> text.append("  limits its answers: no loss of the path");
      case BALANCED, UNREACHABLE, DESTINATION ->
          text.append("  ").append(row.state().name().toLowerCase(Locale.ROOT));
      case ANSWERED, SILENT -> {}
    }
    systems
        .of(row.replies().getFirst().address())
        .ifPresent(system -> text.append("  ").append(system.text()));
    names.of(row.replies().getFirst().address()).ifPresent(name -> text.append("  ").append(name));
    if (row.replies().size() > 1) {
      text.append("  also ");
      text.append(
          row.replies().stream()
              .skip(1)
              .map(reply -> AddressText.of(reply.address()))
              .collect(Collectors.joining(", ")));
    }
    return text.toString();
  }

  private static String line(String number, String address, RoundTally tally) {
    String counts =
        String.format(
            Locale.ROOT,
            "%3s  %-24s %7s %6d %6d",
            number,
            address,
            loss(tally),
            tally.sent(),
            tally.received());
    return !tally.hasDelays()
        ? counts + String.format(Locale.ROOT, "%10s%10s%10s%10s%10s", "-", "-", "-", "-", "-")
        : counts
            + String.format(
                Locale.ROOT,
                " %9s %9s %9s %9s %9s",
                millis(tally.lastNanos()),
                millis(tally.bestNanos()),
                millis(tally.meanNanos()),
                millis(tally.worstNanos()),
                millis(tally.standardDeviationNanos()));
  }

  static String loss(RoundTally tally) {
    return tally.lossRatio().isEmpty()
        ? "-"
        : String.format(Locale.ROOT, "%.1f%%", tally.lossRatio().getAsDouble() * PERCENT);
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.3f", nanos / NANOS_PER_MILLI);
  }
}
