package io.nettrace.prober.strategy;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The second pass of a trace: the same hops asked by further flows, so that several addresses at
 * one distance can be told from one path.
 */
final class ExtraFlows {
  private static final int ATTEMPTS = 2;

  static final ExtraFlows NONE = new ExtraFlows(0, 0);

  private final int flows;
  private final int width;
  private final @Nullable ResponderBudget[] router;
  private final long[] rtt;
  private final byte[] attempts;
  private final boolean[] waiting;
  private int open;
  private boolean started;

  ExtraFlows(int flows, int maxTtl) {
    this.flows = flows;
    this.width = maxTtl + 1;
    int cells = flows * width;
    router = new ResponderBudget[cells];
    rtt = new long[cells];
    attempts = new byte[cells];
    waiting = new boolean[cells];
  }

  int flows() {
    return flows;
  }

  boolean hasStarted() {
    return started;
  }

  boolean isDone() {
    return flows == 0 || (started && open == 0);
  }

  void start() {
    started = true;
  }

  void order(int flow, int ttl) {
    waiting[cell(flow, ttl)] = true;
    open++;
  }

  boolean isWaiting(int flow, int ttl) {
    return waiting[cell(flow, ttl)];
  }

  boolean sent(int flow, int ttl) {
    return ++attempts[cell(flow, ttl)] > 1;
  }

  boolean mayTryAgain(int flow, int ttl) {
    return waiting[cell(flow, ttl)] && attempts[cell(flow, ttl)] < ATTEMPTS;
  }

  void answer(int flow, int ttl, ResponderBudget from, long nanos) {
    int cell = cell(flow, ttl);
    if (router[cell] == null) {
      router[cell] = from;
      rtt[cell] = nanos;
    }
    giveUp(flow, ttl);
  }

  void giveUp(int flow, int ttl) {
    int cell = cell(flow, ttl);
    if (waiting[cell]) {
      waiting[cell] = false;
      open--;
    }
  }

  @Nullable ResponderBudget router(int flow, int ttl) {
    return router[cell(flow, ttl)];
  }

  long rtt(int flow, int ttl) {
    return rtt[cell(flow, ttl)];
  }

  private int cell(int flow, int ttl) {
    return (flow - 1) * width + ttl;
  }

  @Override
  public String toString() {
    return flows + " extra flows, attempts " + Arrays.toString(attempts);
  }
}
