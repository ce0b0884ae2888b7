package io.nettrace.prober.strategy;

import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Trace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The life of a trace.
 *
 * <p>A known path is asked at all its hops at once (or spread over a time), each hop is waited for
 * by its own memory, and hops known to be silent are asked but not waited for. When the target no
 * longer is where it was, the path has grown: farther hops are asked in the same trace.
 *
 * <p>An unknown path starts with one far probe, whose answer tells how many hops to ask, and the
 * first hops beside it; while the far answer is out, farther hops are asked blindly step by step,
 * and each hop that answers extends the search behind it.
 *
 * <p>When the path is complete, extra flows ask its hops again, if wanted. An item is a flow (upper
 * bits) and a TTL (lower eight bits).
 */
final class TraceTask extends Task {
  private static final int FIRST_HOPS = 8;

  /** Flows of a trace's hops where a flow names the probe; bursts use the others. */
  private static final int FIRST_OWN_FLOW = 1 + BurstTask.OWN_FLOWS;

  private static final int OWN_FLOWS = EngineBounds.FLOW_LIMIT - FIRST_OWN_FLOW;
  private static final int BLIND_LIMIT = 24;
  private static final long BLIND_STEP_NANOS = 40_000_000L;
  private static final int GAP_WHEN_UNKNOWN = 5;
  private static final int GAP_BEHIND_DEAF = 2;
  private static final int GROWTH = 6;
  private static final int RETRIES_WHEN_UNKNOWN = 1;
  private static final int ATTEMPTS_FOR_CERTAINTY = 3;
  private static final long WAIT_WHEN_UNKNOWN_NANOS = 500_000_000L;
  private static final long LONGEST_WAIT_NANOS = 3_000_000_000L;

  /** The two irrational steps of a sequence that fills the plane evenly. */
  private static final double STEP_PER_TTL = 0.7548776662466927;

  private final CompletableFuture<PathReport> result;
  private final Instant startedAt;
  private final ProbeMode mode;
  private final EngineBounds rules;
  private final Neighbourhood neighbourhood;
  private final HopTables tables;
  private final HopTable hops;
  private final ExtraFlows extra;
  private final boolean known;
  private final double phase;
  private final long spreadNanos;

  /** TTLs of hops known to be silent, and of those that limit their answers. */
  private long unawaited;

  private long limited;
  private int asked;
  private int sent;
  private int notSent;

  /** Whether something answered that had been given up, so that more may follow. */
  private boolean late;

  private long patientUntil;
  private boolean patienceOver;
  private boolean askedByFlow;

  TraceTask(
      Destination to,
      TracePath path,
      EngineBounds rules,
      Neighbourhood neighbourhood,
      HopTables tables,
      long spreadNanos,
      int extraFlows,
      double phase,
      ProbeMode mode,
      Instant startedAt,
      CompletableFuture<PathReport> result) {
    super(to, path);
    this.result = result;
    this.startedAt = startedAt;
    this.mode = mode;
    this.rules = rules;
    this.neighbourhood = neighbourhood;
    this.tables = tables;
    this.hops = tables.take();
    this.extra = extraFlows == 0 ? ExtraFlows.NONE : new ExtraFlows(extraFlows, rules.maxTtl());
    this.known = path.isKnown();
    this.phase = phase;
    this.spreadNanos = extraFlows > 0 ? spreadNanos / 2 : spreadNanos;
  }

  @Override
  void begin(Agenda agenda, long now) {
    if (known) {
      patientUntil = now + spreadNanos + rules.lossAfterNanos();
      beginKnown(agenda, now);
      agenda.wake(this, patientUntil);
    } else {
      long start = now + (long) (phase * spreadNanos);
      patientUntil = start + rules.lossAfterNanos();
      askAfar(agenda, start);
      ask(FIRST_HOPS, agenda, start);
      agenda.wake(this, start + BLIND_STEP_NANOS);
      agenda.wake(this, patientUntil);
    }
  }

  /**
   * Where the target was before is asked and waited for, even if the last trace missed it there.
   */
  private void beginKnown(Agenda agenda, long now) {
    int distance = path().distance();
    int top = distance > 0 ? distance : path().farthest() + GAP_BEHIND_DEAF;
    asked = Math.min(Math.max(top, path().farthest()), rules.maxTtl());
    for (int ttl = 1; ttl <= asked; ttl++) {
      boolean silent = path().isSilent(ttl) && ttl != distance;
      unawaited |= silent ? HopTable.bit(ttl) : 0;
      hops.order(ttl);
      agenda.probe(this, ttl, now + offset(ttl));
    }
    if (path().isMissed()) {
      askAfar(agenda, now);
    }
  }

  /** A probe that gets to the target wherever it is. */
  private void askAfar(Agenda agenda, long due) {
    int ttl = rules.maxTtl();
    if (hops.isIdle(ttl)) {
      hops.order(ttl);
      agenda.probe(this, ttl, due);
    }
  }

  /** Whether the target, if it is where it was or anywhere, would have to answer this probe. */
  private boolean isMeantForTheTarget(int ttl) {
    return ttl == rules.maxTtl() || (known && ttl == path().distance());
  }

  /** Probes of one trace, and those of many traces at one distance, are spread evenly. */
  private long offset(int ttl) {
    double at = phase + ttl * STEP_PER_TTL;
    return (long) ((at - Math.floor(at)) * spreadNanos);
  }

  @Override
  boolean wants(int item) {
    int flow = item >>> 8;
    int ttl = item & 0xff;
    return flow > 0 ? extra.isWaiting(flow, ttl) : hops.isWaiting(ttl) && ttl <= hops.target();
  }

  @Override
  int ttl(int item) {
    return item & 0xff;
  }

  @Override
  int flow(int item) {
    int flow = item >>> 8;
    return path().flow(flow == 0 && path().isAnsweredByFlow() ? flowOf(item & 0xff) : flow);
  }

  /** Where a flow names the probe: one for the farthest, the others in turn. */
  private int flowOf(int ttl) {
    return ttl == rules.maxTtl() ? EngineBounds.FLOW_LIMIT : FIRST_OWN_FLOW + ttl % OWN_FLOWS;
  }

  @Override
  long expectedRtt(int item) {
    int ttl = item & 0xff;
    if (known || hops.end() != HopTable.NONE) {
      return Math.max(path().rttNear(ttl), hops.slowest());
    }
    return ttl == rules.maxTtl() ? Long.MAX_VALUE : hops.slowest();
  }

  @Override
  @Nullable ResponderBudget expectedRouter(int item) {
    int ttl = item & 0xff;
    ResponderBudget found = hops.router(ttl);
    if (found != null) {
      return found;
    }
    return known ? path().router(ttl) : neighbourhood.at(ttl);
  }

  @Override
  boolean isPassedAt(int item) {
    int ttl = item & 0xff;
    return hops.farthest() > ttl || (hops.end() != HopTable.NONE && hops.end() > ttl);
  }

  /**
   * A hop that is known is waited for by its own delay, longer with each attempt; an unknown one is
   * overdue once the hops behind it have answered.
   */
  @Override
  long waitNanos(int item) {
    int ttl = item & 0xff;
    if (mayBeNamedByItsFlow(ttl)) {
      return rules.lossAfterNanos();
    }
    long own = hops.rtt(ttl) > 0 ? hops.rtt(ttl) : path().rtt(ttl);
    if (own == 0 && isMeantForTheTarget(ttl)) {
      own = path().targetRtt();
    }
    if (own > 0) {
      int tries = Math.max(1, item >>> 8 > 0 ? 1 : hops.attempts(ttl));
      return Math.min(LONGEST_WAIT_NANOS, tries * (own + own / 4 + rules.graceNanos()));
    }
    long behind = delayBehind(ttl);
    long wait = behind > 0 ? behind : Math.max(waitWhenUnknown(), 2 * hops.slowest());
    return Math.min(LONGEST_WAIT_NANOS, wait + rules.graceNanos());
  }

  /**
   * Such a probe has all the time until it counts as lost: an answer that comes after the next
   * attempt was sent would be taken for that one's.
   */
  private boolean mayBeNamedByItsFlow(int ttl) {
    return path().isAnsweredByFlow() && ttl > hops.farthest();
  }

  /** Where each probe has a socket of its own, an answer after this time meets none. */
  private long waitWhenUnknown() {
    return mode == ProbeMode.UNPRIVILEGED ? rules.lossAfterNanos() : WAIT_WHEN_UNKNOWN_NANOS;
  }

  private long delayBehind(int ttl) {
    int last = hops.end() == HopTable.NONE ? hops.farthest() : hops.end();
    if (ttl > last) {
      return 0;
    }
    for (int t = ttl; t <= last; t++) {
      if (hops.isAnswered(t)) {
        return hops.rtt(t);
      }
    }
    return 0;
  }

  @Override
  boolean sent(int item) {
    sent++;
    int flow = item >>> 8;
    return flow > 0 ? extra.sent(flow, item & 0xff) : hops.sent(item & 0xff);
  }

  @Override
  void refused(int item, String reason, Agenda agenda, long now) {
    notSent++;
    int flow = item >>> 8;
    if (flow > 0) {
      extra.giveUp(flow, item & 0xff);
    } else if (hops.refusedToSend(item & 0xff) && hops.isWaiting(item & 0xff)) {
      hops.giveUp(item & 0xff);
    }
    advance(agenda, now);
  }

  @Override
  void answered(
      int item, ProbeAnswer answer, ResponderBudget from, long rtt, Agenda agenda, long now) {
    int flow = item >>> 8;
    int ttl = item & 0xff;
    if (flow > 0) {
      extra.answer(flow, ttl, from, rtt);
      return;
    }
    if (hops.isAnswered(ttl)) {
      hops.again(ttl, from, rtt);
      return;
    }
    late |= !hops.isWaiting(ttl);
    hops.answer(ttl, answer, from, rtt);
    if (answer.kind == ProbeAnswer.Kind.REFUSAL && hops.target() == HopTable.NONE) {
      askAfar(agenda, now);
    }
    if (answer.kind == ProbeAnswer.Kind.HOP) {
      neighbourhood.answered(ttl, from);
    }
    if (answer.kind == ProbeAnswer.Kind.TARGET) {
      path().targetAnswered(rtt);
      ask(estimatedDistance(answer.hopLimit), agenda, now);
    }
    advance(agenda, now);
  }

  /**
   * Hosts send with a TTL of 64, 128 or 255; what is left of it tells how far they are, one hop
   * added because the way back may be shorter.
   */
  private static int estimatedDistance(int hopLimit) {
    if (hopLimit <= 0) {
      return FIRST_HOPS;
    }
    int initial = hopLimit <= 64 ? 64 : hopLimit <= 128 ? 128 : 255;
    return initial - hopLimit + 2;
  }

  /** Asks once more, now by a flow for each hop, what the target may have answered in vain. */
  @Override
  void ambiguous(Agenda agenda, long now) {
    if (askedByFlow) {
      return;
    }
    askedByFlow = true;
    for (int ttl = hops.farthest() + 1; ttl <= asked; ttl++) {
      askAgain(ttl, agenda, now);
    }
    askAgain(rules.maxTtl(), agenda, now);
  }

  private void askAgain(int ttl, Agenda agenda, long now) {
    if (!hops.isAnswered(ttl)) {
      unawaited &= ~HopTable.bit(ttl);
      hops.startOver(ttl);
      agenda.probe(this, ttl, now);
    }
  }

  @Override
  void answeredElsewhere(int item, long fromHi, long fromLo) {}

  @Override
  void expired(int item, Agenda agenda, long now) {
    int flow = item >>> 8;
    int ttl = item & 0xff;
    if (flow > 0) {
      if (extra.mayTryAgain(flow, ttl)) {
        agenda.probe(this, item, now);
      } else {
        extra.giveUp(flow, ttl);
      }
      return;
    }
    if (!hops.ended(ttl) || !hops.isWaiting(ttl)) {
      return;
    }
    if (hops.attempts(ttl) <= retries(ttl)) {
      agenda.probe(this, item, now);
      return;
    }
    hops.giveUp(ttl);
    if (known && ttl == path().distance()) {
      if (ttl == asked) {
        ask(asked + GROWTH, agenda, now);
      }
      askAfar(agenda, now);
    }
    advance(agenda, now);
  }

  private int retries(int ttl) {
    if ((unawaited & HopTable.bit(ttl)) != 0 || ttl > hops.end()) {
      return 0;
    }
    if (path().rtt(ttl) > 0) {
      ResponderBudget router = path().router(ttl);
      boolean limits = router != null && router.isLimited();
      return limits ? 2 * rules.retries() : rules.retries();
    }
    if (askedByFlow && ttl <= Math.min(hops.target(), hops.farthest() + GAP_WHEN_UNKNOWN)) {
      return 2 * rules.retries();
    }
    boolean between =
        ttl < hops.farthest() || hops.end() != HopTable.NONE || (known && ttl == path().distance());
    int retries = between ? RETRIES_WHEN_UNKNOWN : ttl <= hops.farthest() + 2 ? 1 : 0;
    return Math.min(rules.retries(), retries);
  }

  @Override
  void woken(Agenda agenda, long now) {
    patienceOver = now >= patientUntil;
    if (!known && hops.end() == HopTable.NONE && asked < BLIND_LIMIT) {
      ask(Math.min(BLIND_LIMIT, asked + FIRST_HOPS), agenda, now);
      agenda.wake(this, now + BLIND_STEP_NANOS);
    }
  }

  /** Asks all hops up to {@code ttl} that were not asked before. */
  private void ask(int ttl, Agenda agenda, long due) {
    int last = Math.min(Math.min(ttl, rules.maxTtl()), hops.end());
    for (int t = asked + 1; t <= last; t++) {
      if (hops.isIdle(t)) {
        hops.order(t);
        agenda.probe(this, t, due);
      }
    }
    asked = Math.max(asked, last);
  }

  private void advance(Agenda agenda, long now) {
    int farthest = Math.min(hops.farthest(), asked);
    if (hops.end() > asked) {
      if (known && farthest == asked) {
        ask(asked + GROWTH, agenda, now);
      } else if (!known) {
        ask(farthest + GAP_WHEN_UNKNOWN, agenda, now);
      }
    }
    boolean targetIsBehind = hops.end() != HopTable.NONE && hops.end() > asked;
    if (targetIsBehind && !hops.isWaiting(asked)) {
      ask(asked + GAP_WHEN_UNKNOWN, agenda, now);
    }
    if (isPathComplete() && extra.flows() > 0 && !extra.hasStarted()) {
      startExtraFlows(agenda, now);
    }
  }

  private void startExtraFlows(Agenda agenda, long now) {
    extra.start();
    for (int ttl = 1; ttl <= Math.min(asked, hops.end() - 1); ttl++) {
      for (int flow = 1; hops.isAnswered(ttl) && flow <= extra.flows(); flow++) {
        extra.order(flow, ttl);
        agenda.probe(this, flow << 8 | ttl, now + offset(ttl + flow));
      }
    }
  }

  private boolean isPathComplete() {
    int last = hops.end() == HopTable.NONE ? asked : hops.end();
    return hops.isSettled(last, unawaited)
        && (hops.target() != HopTable.NONE || !isWaitingForTheTarget());
  }

  private boolean isWaitingForTheTarget() {
    int distance = path().distance();
    return hops.isWaiting(rules.maxTtl())
        || (known && distance > 0 && distance <= asked && hops.isWaiting(distance));
  }

  /**
   * Silence is believed only after the time after which a burst's probe counts as lost: the first
   * hops of a slow line answer when all have been given up.
   */
  @Override
  boolean isDone() {
    boolean certain = hops.slowest() > 0 && !late;
    return isPathComplete() && extra.isDone() && (certain || patienceOver || sent == notSent);
  }

  @Override
  void remember() {
    int last = lastAnswering();
    if (last == 0) {
      return;
    }
    int end = Math.min(hops.end(), asked);
    for (int ttl = 1; ttl <= end; ttl++) {
      ResponderBudget from = hops.router(ttl);
      path().counted(ttl, hops.attempts(ttl), from != null);
      if (from != null) {
        path().answered(ttl, from, hops.rtt(ttl));
      } else {
        path().silent(ttl, hops.attempts(ttl) >= ATTEMPTS_FOR_CERTAINTY);
      }
    }
    if (hops.target() == HopTable.NONE) {
      path().missed(last);
    } else {
      path().reached(hops.target());
    }
    for (int ttl = 1; ttl <= last; ttl++) {
      ResponderBudget from = hops.router(ttl);
      if (path().limitsAnswers(ttl) || (from != null && from.isLimited())) {
        limited |= HopTable.bit(ttl);
      }
    }
  }

  private int lastAnswering() {
    return hops.end() == HopTable.NONE ? hops.farthest() : hops.end();
  }

  @Override
  public void run() {
    Trace trace =
        new TraceReport(hops, extra, limited, rules.maxTtl(), sent > notSent)
            .trace(startedAt, to().address(), to().protocol(), mode);
    List<HopProbes> probes = probes();
    tables.giveBack(hops);
    result.complete(new PathReport(trace, probes));
  }

  /** Of the flow of the path, as far as it was asked, without the far probe. */
  private List<HopProbes> probes() {
    int last = Math.min(asked, hops.end());
    List<HopProbes> probes = new ArrayList<>(last);
    for (int ttl = 1; ttl <= last; ttl++) {
      probes.add(hops.probes(ttl));
    }
    return probes;
  }

  @Override
  void fail(RuntimeException reason) {
    result.completeExceptionally(reason);
  }
}
