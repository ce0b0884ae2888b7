package io.nettrace.prober.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nettrace.metric.AddressText;
import io.nettrace.metric.Burst;
import io.nettrace.metric.Hop;
import io.nettrace.metric.HopReply;
import io.nettrace.metric.LossReason;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Trace;
import java.io.PrintWriter;
import java.util.List;

/** Prints findings for programs: delays in milliseconds, what is unknown is absent. */
final class FindingJson {
  private static final double NANOS_PER_MILLI = 1e6;

  private final ObjectMapper mapper = new ObjectMapper();
  private final ProbeMode mode;
  private final String reason;

  FindingJson(ProbeMode mode, String reason) {
    this.mode = mode;
    this.reason = reason;
  }

  void print(List<Finding> findings, PrintWriter out) {
    ObjectNode document = mapper.createObjectNode();
    document.put("mode", mode.name()).put("modeReason", reason);
    ArrayNode hosts = document.putArray("hosts");
    for (Finding finding : findings) {
      ObjectNode node = hosts.addObject().put("host", finding.host());
      switch (finding) {
        case Finding.Unresolved unresolved -> node.put("unresolved", unresolved.reason());
        case Finding.Measured measured -> write(measured, node);
      }
    }
    out.println(document.toPrettyString());
  }

  private static void write(Finding.Measured measured, ObjectNode node) {
    ArrayNode addresses = node.putArray("addresses");
    measured.answers().addresses().forEach(address -> addresses.add(AddressText.of(address)));
    measured.notes().forEach(note -> node.withArray("notes").add(note));
    write(measured.trace(), node.putObject("trace"));
    ObjectNode burst = node.putObject("burst");
    write(measured.burst(), burst);
    measured.report().losses().forEach(loss -> write(loss, burst.withArray("losses").addObject()));
  }

  private static void write(Trace trace, ObjectNode node) {
    node.put("startedAt", trace.startedAt().toString())
        .put("address", AddressText.of(trace.address()))
        .put("protocol", trace.protocol().name())
        .put("end", trace.end().name());
    trace.totalRttNanos().ifPresent(nanos -> node.put("totalRttMillis", nanos / NANOS_PER_MILLI));
    ArrayNode hops = node.putArray("hops");
    for (Hop hop : trace.hops()) {
      ObjectNode hopNode = hops.addObject().put("ttl", hop.ttl()).put("state", hop.state().name());
      hop.refusal()
          .ifPresent(
              one -> hopNode.put("icmpType", one.icmpType()).put("icmpCode", one.icmpCode()));
      ArrayNode replies = hopNode.putArray("replies");
      hop.replies().forEach(reply -> write(reply, replies.addObject()));
    }
  }

  private static void write(HopReply reply, ObjectNode node) {
    node.put("address", AddressText.of(reply.address()))
        .put("rttMillis", reply.rttNanos() / NANOS_PER_MILLI);
    if (!reply.labels().isEmpty()) {
      ArrayNode labels = node.putArray("mplsLabels");
      reply.labels().forEach(label -> labels.add(label.label()));
    }
  }

  private static void write(LossReason loss, ObjectNode node) {
    node.put("probes", loss.probes()).put("from", AddressText.of(loss.from()));
    loss.refusal()
        .ifPresent(one -> node.put("icmpType", one.icmpType()).put("icmpCode", one.icmpCode()));
  }

  private static void write(Burst burst, ObjectNode node) {
    node.put("sent", burst.sent())
        .put("received", burst.received())
        .put("sendFailures", burst.sendFailures());
    burst.lossRatio().ifPresent(ratio -> node.put("lossRatio", ratio));
    burst
        .delays()
        .ifPresent(
            delays -> {
              node.put("minMillis", delays.minNanos() / NANOS_PER_MILLI)
                  .put("meanMillis", delays.meanNanos() / NANOS_PER_MILLI)
                  .put("p50Millis", delays.p50Nanos() / NANOS_PER_MILLI)
                  .put("p99Millis", delays.p99Nanos() / NANOS_PER_MILLI)
                  .put("maxMillis", delays.maxNanos() / NANOS_PER_MILLI)
                  .put("pdvMillis", delays.pdvNanos() / NANOS_PER_MILLI);
              delays.ipdvNanos().ifPresent(ipdv -> node.put("ipdvMillis", ipdv / NANOS_PER_MILLI));
            });
  }
}
