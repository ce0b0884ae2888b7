package io.nettrace.prober.strategy;

import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import io.nettrace.prober.packet.AddressBits;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A network in one thread with a clock that only moves when the engine waits. */
final class SimulatedNetwork implements Network {
  private static final long MILLI = 1_000_000;

  /** The hops to one address: what is not listed is silent. */
  static final class Line {
    final Map<Integer, String> routers = new TreeMap<>();
    final Map<Integer, Double> rttMillis = new HashMap<>();
    final Map<Integer, Integer> lostFirst = new HashMap<>();
    int distance;
    boolean deaf;
    int refusedFrom = Integer.MAX_VALUE;

    /** TTLs at which a router says so many times that the host cannot be reached. */
    final Map<Integer, Integer> refusedOnce = new HashMap<>();

    Line hop(int ttl, String router, double millis) {
      routers.put(ttl, router);
      rttMillis.put(ttl, millis);
      return this;
    }

    /** {@code count} routers, one millisecond each, and the target behind them. */
    static Line of(String prefix, int count, double millisPerHop) {
      Line line = new Line();
      for (int ttl = 1; ttl <= count; ttl++) {
        line.hop(ttl, prefix + "." + ttl, ttl * millisPerHop);
      }
      line.distance = count + 1;
      line.rttMillis.put(count + 1, (count + 1) * millisPerHop);
      return line;
    }
  }

  record Sent(InetAddress address, int ttl, int flow, long nanos) {}

  private record Coming(long at, int slot, ProbeAnswer.Kind kind, InetAddress from, long rtt) {}

  final Map<InetAddress, Line> lines = new HashMap<>();
  final Map<InetAddress, Map<Integer, String[]>> balanced = new HashMap<>();
  final Map<String, Pacer> limits = new HashMap<>();
  final List<Sent> sent = new ArrayList<>();
  private final PriorityQueue<Coming> coming =
      new PriorityQueue<>(Comparator.comparingLong(Coming::at));
  private final List<Runnable> reports = new ArrayList<>();
  private final ProbeAnswer answer = new ProbeAnswer();
  private long now = 1_000_000_000L;
  long refusals;

  /** So many unanswered probes of a flow in a row, and a middlebox drops all that follow. */
  int dropsFlowAfter = Integer.MAX_VALUE;

  private final Map<Integer, Integer> unanswered = new HashMap<>();

  /** Set while the kernel sends nothing, as when the interface is down. */
  @Nullable String down;

  void line(String address, Line line) {
    lines.put(InetAddress.ofLiteral(address), line);
  }

  @Override
  public ProbeMode mode() {
    return ProbeMode.RAW;
  }

  @Override
  public boolean seesHops(Protocol protocol) {
    return true;
  }

  @Override
  public Destination destination(
      InetAddress address, int port, Protocol protocol, @Nullable Destination before)
      throws IOException {
    if (!lines.containsKey(address)) {
      throw new IOException("no route to " + address.getHostAddress());
    }
    return new Destination(
        address, AddressBits.hi(address), AddressBits.lo(address), port, protocol) {};
  }

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public void send(int slot, Destination to, int ttl, int flow, ProbeEvents events) {
    String reason = down;
    if (reason != null) {
      reports.add(() -> events.refused(slot, reason));
      return;
    }
    long nanos = now;
    sent.add(new Sent(to.address(), ttl, flow, nanos));
    reports.add(() -> events.sent(slot, nanos, 0));
    Line line = lines.get(to.address());
    if (line != null) {
      reply(slot, to.address(), line, ttl, flow);
    }
  }

  private void reply(int slot, InetAddress address, Line line, int ttl, int flow) {
    boolean answers = !line.deaf || ttl < line.distance;
    if (unanswered.getOrDefault(flow, 0) >= dropsFlowAfter) {
      return;
    }
    unanswered.merge(flow, 1, (before, one) -> answers ? 0 : before + one);
    if (line.lostFirst.merge(ttl, -1, Integer::sum) >= 0) {
      return;
    }
    if (line.refusedOnce.merge(ttl, -1, Integer::sum) >= 0) {
      answer(slot, ProbeAnswer.Kind.REFUSAL, router(address, line, ttl, flow), line, ttl);
    } else if (ttl >= line.refusedFrom) {
      answer(
          slot, ProbeAnswer.Kind.REFUSAL, router(address, line, line.refusedFrom, flow), line, ttl);
    } else if (line.distance > 0 && ttl >= line.distance) {
      if (!line.deaf) {
        come(
            slot,
            ProbeAnswer.Kind.TARGET,
            address,
            line.rttMillis.getOrDefault(line.distance, 1.0));
      }
    } else if (line.routers.containsKey(ttl)) {
      answer(slot, ProbeAnswer.Kind.HOP, router(address, line, ttl, flow), line, ttl);
    }
  }

  private String router(InetAddress address, Line line, int ttl, int flow) {
    String[] branches = balanced.getOrDefault(address, Map.of()).get(ttl);
    return branches == null
        ? line.routers.getOrDefault(ttl, "10.99.99.99")
        : branches[flow % branches.length];
  }

  private void answer(int slot, ProbeAnswer.Kind kind, String router, Line line, int ttl) {
    Pacer limit = limits.get(router);
    if (limit != null && limit.nextAt(now) > now) {
      refusals++;
      return;
    }
    if (limit != null) {
      limit.reserve(now);
    }
    come(slot, kind, InetAddress.ofLiteral(router), line.rttMillis.getOrDefault(ttl, 1.0));
  }

  private void come(int slot, ProbeAnswer.Kind kind, InetAddress from, double millis) {
    long rtt = (long) (millis * MILLI);
    coming.add(new Coming(now + rtt, slot, kind, from, rtt));
  }

  @Override
  public void flush(ProbeEvents events) {
    reports.forEach(Runnable::run);
    reports.clear();
  }

  @Override
  public void receive(ProbeEvents events) {
    while (!coming.isEmpty() && coming.peek().at() <= now) {
      Coming next = coming.poll();
      answer.kind = next.kind();
      answer.fromHi = AddressBits.hi(next.from());
      answer.fromLo = AddressBits.lo(next.from());
      answer.hopLimit = 0;
      answer.readNanos = now;
      answer.measuredNanos = next.rtt();
      events.answered(next.slot(), answer);
    }
  }

  @Override
  public void forget(int slot) {}

  @Override
  public void await(long nanos) {
    long until = now + nanos;
    now = coming.isEmpty() ? until : Math.max(now, Math.min(until, coming.peek().at()));
  }

  @Override
  public void wakeUp() {}

  @Override
  public void close() {}

  void pause(long millis) {
    now += millis * MILLI;
  }
}
