package io.nettrace.prober.cli;

import io.nettrace.metric.AddressText;
import io.nettrace.metric.Burst;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.Trace;
import io.nettrace.prober.Lookup;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** What must be said beside a finding, so that it is not read as more than it is. */
final class Notes {
  private Notes() {}

  static List<String> of(Lookup.Found found, Measurement.Result result, String modeReason) {
    Trace trace = result.path().trace();
    Burst burst = result.burst();
    List<String> notes = new ArrayList<>();
    found.note().ifPresent(notes::add);
    if (result.fellBack()) {
      notes.add(
          "ICMP cannot be sent here, so this is TCP: "
              + modeReason
              + "; root or CAP_NET_RAW allows ICMP");
    }
    if (burst.sent() == 0) {
      notes.add(
          "no probe could be sent by "
              + trace.protocol()
              + ": "
              + modeReason
              + "; allow it (root or CAP_NET_RAW) or try --protocol TCP");
    } else if (burst.received() == 0 && burst.protocol() == Protocol.UDP && !trace.reached()) {
      notes.add("an open UDP port may be silent: this is no proof of an outage");
    }
    if (trace.reached()) {
      InetAddress last = trace.hops().getLast().replies().getFirst().address();
      if (!last.equals(trace.address())) {
        notes.add("answered by " + AddressText.of(last));
      }
    }
    return notes;
  }
}
