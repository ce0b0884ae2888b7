package io.nettrace.prober.cli;

import io.nettrace.metric.AnswerSet;
import io.nettrace.prober.Lookup;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Measures hosts again and again, a round at an interval: one trace, and one probe of the target's
 * own. A round begins when the one before is complete.
 */
final class Rounds {
  /** A host that is measured, and at which of its addresses. */
  record Host(ContinuousHost watched, Lookup.Found found, InetAddress address) {
    static Host of(String host, Lookup.Found found, InetAddress address) {
      AnswerSet answers = found.answers();
      return new Host(new ContinuousHost(host, answers), found, address);
    }
  }

  private final Measurement measurement;
  private final List<Host> hosts;
  private final Duration interval;
  private final CompletableFuture<Void> stop;

  Rounds(
      Measurement measurement, List<Host> hosts, Duration interval, CompletableFuture<Void> stop) {
    this.measurement = measurement;
    this.hosts = hosts;
    this.interval = interval;
    this.stop = stop;
  }

  /** Goes on until {@code count} rounds are complete or it is stopped; shows each. */
  void run(long count, Runnable show) {
    long due = System.nanoTime();
    for (long round = 0; round < count && !hosts.isEmpty(); round++) {
      pause(due - System.nanoTime());
      due = System.nanoTime() + interval.toNanos();
      if (!measure()) {
        return;
      }
      show.run();
    }
  }

  /** False when it was stopped before the round was complete: half a round does not count. */
  private boolean measure() {
    if (stop.isDone()) {
      return false;
    }
    List<CompletableFuture<Measurement.Result>> pending = new ArrayList<>();
    for (Host host : hosts) {
      pending.add(measurement.of(host.address(), 1, Duration.ZERO));
    }
    CompletableFuture<Void> all =
        CompletableFuture.allOf(pending.toArray(CompletableFuture<?>[]::new));
    CompletableFuture.anyOf(all, stop).join();
    if (!all.isDone()) {
      return false;
    }
    for (int i = 0; i < hosts.size(); i++) {
      Host host = hosts.get(i);
      Measurement.Result result = pending.get(i).join();
      host.watched()
          .add(
              result.path(),
              result.burst(),
              Notes.of(host.found(), result, measurement.prober().modeReason()));
    }
    return true;
  }

  private void pause(long nanos) {
    if (nanos > 0) {
      stop.copy().completeOnTimeout(null, nanos, TimeUnit.NANOSECONDS).join();
    }
  }

  /** Redraws in place on a terminal; a line a round elsewhere. */
  static void show(
      List<ContinuousHost> hosts, WatchTable table, boolean terminal, PrintWriter out) {
    if (terminal) {
      out.print(Screen.HOME);
      hosts.forEach(host -> table.print(host, out));
      out.print(Screen.CLEAR_REST);
    } else {
      hosts.forEach(host -> out.println(WatchTable.line(host)));
    }
    out.flush();
  }

  /** Control sequences of ECMA-48 and xterm. */
  static final class Screen {
    static final String ENTER = "\033[?1049h\033[?7l\033[2J";
    static final String LEAVE = "\033[?7h\033[?1049l";
    static final String HOME = "\033[H\033[2J";
    static final String CLEAR_REST = "\033[J";

    private Screen() {}
  }
}
