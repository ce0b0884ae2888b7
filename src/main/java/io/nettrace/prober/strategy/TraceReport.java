package io.nettrace.prober.strategy;

import io.nettrace.metric.Hop;
import io.nettrace.metric.HopReply;
import io.nettrace.metric.HopState;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.Refusal;
import io.nettrace.metric.Trace;
import io.nettrace.metric.TraceEnd;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns what a trace found out into the record that callers see. */
final class TraceReport {
  private final HopTable hops;
  private final ExtraFlows extra;
  private final long limited;
  private final int maxTtl;
  private final boolean anySent;

  TraceReport(HopTable hops, ExtraFlows extra, long limited, int maxTtl, boolean anySent) {
    this.hops = hops;
    this.extra = extra;
    this.limited = limited;
    this.maxTtl = maxTtl;
    this.anySent = anySent;
  }

  Trace trace(Instant startedAt, InetAddress address, Protocol protocol, ProbeMode mode) {
    int last = hops.end() == HopTable.NONE ? hops.farthest() : hops.end();
    List<Hop> found = new ArrayList<>(last);
    for (int ttl = 1; ttl <= last; ttl++) {
      found.add(hop(ttl));
    }
    return new Trace(startedAt, address, protocol, mode, found, end());
  }

  private TraceEnd end() {
    if (hops.end() == HopTable.NONE) {
      return !anySent
          ? TraceEnd.SEND_FAILED
          : hops.farthest() >= maxTtl ? TraceEnd.TTL_EXHAUSTED : TraceEnd.SILENCE;
    }
    return hops.target() == HopTable.NONE ? TraceEnd.UNREACHABLE : TraceEnd.DESTINATION_REACHED;
  }

  private Hop hop(int ttl) {
    ResponderBudget router = hops.router(ttl);
    if (router == null) {
      return Hop.silent(ttl);
    }
    HopReply own = new HopReply(router.address, hops.rtt(ttl), hops.labels(ttl));
    List<HopReply> replies = withExtraFlows(ttl, own);
    HopState state = state(ttl, replies.size());
    int code = hops.refusalCode(ttl);
    return new Hop(
        ttl,
        state,
        replies,
        state == HopState.UNREACHABLE
            ? Optional.of(new Refusal(code >>> 8, code & 0xff))
            : Optional.empty());
  }

  private List<HopReply> withExtraFlows(int ttl, HopReply own) {
    if (extra.flows() == 0) {
      return List.of(own);
    }
    List<HopReply> replies = new ArrayList<>();
    replies.add(own);
    for (int flow = 1; flow <= extra.flows(); flow++) {
      ResponderBudget router = extra.router(flow, ttl);
      if (router != null) {
        add(replies, new HopReply(router.address, extra.rtt(flow, ttl), List.of()));
      }
    }
    return replies;
  }

  /** One reply per address, with the smallest delay seen from it. */
  private static void add(List<HopReply> replies, HopReply reply) {
    for (int i = 0; i < replies.size(); i++) {
      HopReply before = replies.get(i);
      if (before.address().equals(reply.address())) {
        long rtt = Math.min(before.rttNanos(), reply.rttNanos());
        replies.set(i, new HopReply(before.address(), rtt, before.labels()));
        return;
      }
    }
    replies.add(reply);
  }

  private HopState state(int ttl, int addresses) {
    if (ttl == hops.target()) {
      return HopState.DESTINATION;
    }
    if (ttl == hops.end()) {
      return HopState.UNREACHABLE;
    }
    return addresses > 1
        ? HopState.BALANCED
        : (limited & HopTable.bit(ttl)) != 0 ? HopState.RATE_LIMITED : HopState.ANSWERED;
  }
}
