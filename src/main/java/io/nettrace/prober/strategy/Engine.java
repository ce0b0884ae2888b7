package io.nettrace.prober.strategy;

import io.nettrace.metric.Burst;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.Trace;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Carries all traces and bursts at once. Ordered probes wait in {@code later} until they are due,
 * then in {@code ready}, slowest first, until the global rate and the asked router's budget admit
 * them; on their way they are in the {@link ProbeTable}, watched by {@code deadlines}.
 *
 * <p>{@link #trace}, {@link #burst} and {@link #counters} may be called by any thread, everything
 * else by the one that turns the engine. Results are handed over on {@code results}, so that no
 * caller can hold the engine up.
 */
public final class Engine implements ProbeEvents, Agenda {
  private static final long LONGEST_NAP_NANOS = 1_000_000_000L;
  private static final double STEP_PER_TRACE = 0.5698402909980532;
  private static final double BATCHES_PER_SECOND = 2_500;
  private static final int LARGEST_BATCH = 64;
  private static final int REMEMBERED_ROUTERS = 65_536;

  /** An ordered probe in one long: generation (20 bits), index (20), reserved (1), item (20). */
  private static final int GENERATION_SHIFT = 44;

  private static final int INDEX_SHIFT = 24;
  private static final int TWENTY_BITS = 0xf_ffff;
  private static final long RESERVED = 1L << 23;

  private record Submission(
      InetAddress address, int port, Protocol protocol, Opening opening, Rejection rejection) {}

  /** Makes the task once its destination is known. */
  private interface Opening {
    Task open(Destination to, TracePath path);
  }

  /** What to answer when there is no way to the destination. */
  private interface Rejection {
    void reject(String reason);
  }

  private final Network network;
  private final EngineBounds rules;
  private final Executor results;
  private final Clock clock;
  private final Counters counters = new Counters();
  private final PathMemory memory;
  private final Routers routers;
  private final Neighbourhood neighbourhood;
  private final HopTables tables;
  private final ProbeTable probes = new ProbeTable();
  private final Pacer pacer;
  private final int batch;
  private final LongHeap later = new LongHeap();
  private final LongHeap ready = new LongHeap();
  private final LongHeap deadlines = new LongHeap();
  private final LongHeap wakes = new LongHeap();
  private final ConcurrentLinkedQueue<Submission> submissions = new ConcurrentLinkedQueue<>();
  private final AtomicInteger underWay = new AtomicInteger();
  private final @Nullable Task[] tasks;
  private final int[] freeIndexes;
  private int freeCount;
  private int generations;
  private int traces;
  private volatile boolean closed;

  public Engine(Network network, EngineBounds rules, Executor results, Clock clock) {
    this.network = network;
    this.rules = rules;
    this.results = results;
    this.clock = clock;
    memory = new PathMemory(rules.rememberedPaths());
    routers = new Routers(REMEMBERED_ROUTERS, rules.routerPacketsPerSecond(), rules.routerBurst());
    neighbourhood = new Neighbourhood(rules.routerPacketsPerSecond(), rules.routerBurst());
    tables = new HopTables(rules.maxTtl());
    batch = (int) Math.clamp(rules.packetsPerSecond() / BATCHES_PER_SECOND, 1, LARGEST_BATCH);
    pacer = new Pacer(rules.packetsPerSecond(), batch);
    tasks = new Task[rules.maxTasks()];
    freeIndexes = new int[rules.maxTasks()];
    for (int i = 0; i < freeIndexes.length; i++) {
      freeIndexes[freeCount++] = freeIndexes.length - 1 - i;
    }
  }

  public Counters counters() {
    return counters;
  }

  public CompletableFuture<Trace> trace(
      InetAddress address, int port, Protocol protocol, long spreadNanos, int extraFlows) {
    return traceReport(address, port, protocol, spreadNanos, extraFlows)
        .thenApply(PathReport::trace);
  }

  /** The same, and how many probes each hop took. */
  public CompletableFuture<PathReport> traceReport(
      InetAddress address, int port, Protocol protocol, long spreadNanos, int extraFlows) {
    CompletableFuture<PathReport> result = new CompletableFuture<>();
    Instant startedAt = clock.instant();
    submit(
        new Submission(
            address,
            port,
            protocol,
            (to, path) ->
                new TraceTask(
                    to,
                    path,
                    rules,
                    neighbourhood,
                    tables,
                    spreadNanos,
                    extraFlows,
                    nextPhase(),
                    network.mode(),
                    startedAt,
                    result),
            _ ->
                result.complete(
                    new PathReport(
                        Unsent.trace(startedAt, address, protocol, network.mode()), List.of()))),
        result);
    return result;
  }

  public CompletableFuture<Burst> burst(
      InetAddress address, int port, Protocol protocol, int packets, long spreadNanos) {
    CompletableFuture<Burst> result = new CompletableFuture<>();
    Instant startedAt = clock.instant();
    submit(
        new Submission(
            address,
            port,
            protocol,
            (to, path) ->
                new BurstTask(
                    to, path, rules, packets, spreadNanos, network.mode(), startedAt, result),
            reason ->
                result.complete(
                    Unsent.burst(startedAt, address, protocol, network.mode(), packets, reason))),
        result);
    return result;
  }

  private void submit(Submission submission, CompletableFuture<?> result) {
    if (closed) {
      result.completeExceptionally(new RejectedExecutionException("the prober is closed"));
    } else if (underWay.incrementAndGet() > rules.maxTasks()) {
      underWay.decrementAndGet();
      result.completeExceptionally(
          new RejectedExecutionException(
              "more than " + rules.maxTasks() + " measurements at once"));
    } else {
      submissions.add(submission);
      network.wakeUp();
    }
  }

  /** One round: take what arrived, give up what is overdue, send what is due, wait. */
  public void turn() {
    network.receive(this);
    accept();
    wake();
    expire();
    sendDue();
    network.await(napNanos());
  }

  /** Ends every measurement that is under way. */
  public void close() {
    closed = true;
    RejectedExecutionException reason = new RejectedExecutionException("the prober was closed");
    for (Submission s = submissions.poll(); s != null; s = submissions.poll()) {
      Rejection rejection = s.rejection();
      results.execute(() -> rejection.reject(String.valueOf(reason.getMessage())));
    }
    for (Task task : tasks) {
      if (task != null) {
        results.execute(() -> task.fail(reason));
      }
    }
  }

  @Override
  public void probe(Task task, int item, long due) {
    later.add(due, packed(task, item));
  }

  @Override
  public void wake(Task task, long due) {
    wakes.add(due, packed(task, 0));
  }

  @Override
  public void sent(int slot, long nanos, long clockOffset) {
    probes.sent(slot, nanos, clockOffset);
    counters.count(Counters.Event.SENT);
  }

  @Override
  public void refused(int slot, String reason) {
    counters.count(Counters.Event.SEND_FAILED);
    if (probes.isPending(slot)) {
      Task task = unpacked(probes.order(slot));
      probes.free(slot);
      network.forget(slot);
      if (task != null) {
        task.refused(item(slot), reason, this, network.nanoTime());
        settle(task);
      }
    }
  }

  @Override
  public void transmitted(int slot, long stamp) {
    probes.stamped(slot, stamp);
  }

  @Override
  public boolean expects(int slot, Protocol protocol, long hi, long lo) {
    return probes.isTo(slot, protocol, hi, lo);
  }

  @Override
  public void answered(int slot, ProbeAnswer answer) {
    if (probes.isAnswered(slot)) {
      dropped(DropReason.DUPLICATE);
      return;
    }
    counters.count(probes.isPending(slot) ? Counters.Event.ANSWERED : Counters.Event.ANSWERED_LATE);
    long rtt = answer.measuredNanos;
    if (rtt == 0) {
      rtt = probes.rttNanos(slot, answer);
      if (probes.clockSteppedSince(slot, answer)) {
        counters.count(Counters.Event.CLOCK_STEPPED);
      }
    }
    ResponderBudget from = routers.at(answer.fromHi, answer.fromLo, answer.readNanos);
    if (probes.asked(slot) == from) {
      from.answered(answer.readNanos);
    }
    Task task = unpacked(probes.order(slot));
    probes.answer(slot);
    if (task != null) {
      task.answered(item(slot), answer, from, rtt, this, answer.readNanos);
      settle(task);
    }
  }

  @Override
  public boolean isOut(int slot, Protocol protocol) {
    return probes.isOut(slot, protocol);
  }

  @Override
  public void ambiguous(int slot) {
    Task told = unpacked(probes.order(slot));
    if (told == null) {
      return;
    }
    if (told.path().isAnsweredByFlow()) {
      told.ambiguous(this, network.nanoTime());
      return;
    }
    told.path().answersByFlow();
    for (Task task : tasks) {
      if (task != null && task.path() == told.path()) {
        task.ambiguous(this, network.nanoTime());
      }
    }
  }

  @Override
  public void answeredElsewhere(int slot, long fromHi, long fromLo) {
    Task task = unpacked(probes.order(slot));
    if (task != null) {
      task.answeredElsewhere(item(slot), fromHi, fromLo);
    }
  }

  @Override
  public void dropped(DropReason reason) {
    counters.count(reason);
  }

  private void accept() {
    for (Submission s = submissions.poll(); s != null; s = submissions.poll()) {
      open(s);
    }
  }

  private void open(Submission submission) {
    try {
      TracePath path = memory.to(submission.address(), submission.protocol(), submission.port());
      Destination to =
          network.destination(
              submission.address(), submission.port(), submission.protocol(), path.destination());
      path.destination(to);
      Task task = submission.opening().open(to, path);
      if (task instanceof TraceTask && !network.seesHops(submission.protocol())) {
        throw new IOException(network.mode() + " mode sees no hops by " + submission.protocol());
      }
      task.index = freeIndexes[--freeCount];
      task.generation = generations = (generations + 1) & TWENTY_BITS;
      tasks[task.index] = task;
      task.begin(this, network.nanoTime());
      settle(task);
    } catch (IOException e) {
      underWay.decrementAndGet();
      counters.count(Counters.Event.SEND_FAILED);
      results.execute(() -> submission.rejection().reject(String.valueOf(e.getMessage())));
    }
  }

  private void wake() {
    long now = network.nanoTime();
    while (!wakes.isEmpty() && wakes.firstKey() <= now) {
      Task task = unpacked(wakes.poll());
      if (task != null) {
        task.woken(this, now);
        settle(task);
      }
    }
  }

  private void expire() {
    long now = network.nanoTime();
    while (!deadlines.isEmpty() && deadlines.firstKey() <= now) {
      int slot = (int) deadlines.poll();
      if (probes.isPending(slot)) {
        expire(slot, now);
      }
    }
  }

  private void expire(int slot, long now) {
    Task task = unpacked(probes.order(slot));
    int item = item(slot);
    long deadline = task == null ? now : probes.sentNanos(slot) + task.waitNanos(item);
    if (deadline > now) {
      deadlines.add(deadline, slot);
      return;
    }
    probes.expire(slot);
    network.forget(slot);
    counters.count(Counters.Event.EXPIRED);
    if (task != null) {
      ResponderBudget asked = probes.asked(slot);
      if (asked != null && task.isPassedAt(item)) {
        asked.missed(probes.sentNanos(slot), now);
      }
      task.expired(item, this, now);
      settle(task);
    }
  }

  private void sendDue() {
    long now = network.nanoTime();
    while (!later.isEmpty() && later.firstKey() <= now) {
      admit(later.poll(), now);
    }
    boolean any = false;
    while (!ready.isEmpty() && pacer.nextAt(now) <= now) {
      any |= send(ready.poll(), now);
    }
    if (any) {
      network.flush(this);
    }
  }

  /** Lets a probe that is due into the queue, or puts it off until its router may be asked. */
  private void admit(long entry, long now) {
    Task task = unpacked(entry);
    if (task == null) {
      return;
    }
    int item = item(entry);
    ResponderBudget router = task.expectedRouter(item);
    if (router != null && (entry & RESERVED) == 0) {
      long admitted = router.reserve(now);
      if (admitted > now) {
        later.add(admitted, entry | RESERVED);
        return;
      }
    }
    ready.add(-task.expectedRtt(item), entry | RESERVED);
  }

  private boolean send(long entry, long now) {
    Task task = unpacked(entry);
    int item = item(entry);
    if (task == null || !task.wants(item)) {
      return false;
    }
    int slot = probes.take(entry, task.to(), task.expectedRouter(item), now);
    if (slot == 0) {
      later.add(now + LONGEST_NAP_NANOS, entry);
      return false;
    }
    pacer.reserve(now);
    if (task.sent(item)) {
      counters.count(Counters.Event.RETRIED);
    }
    deadlines.add(now + task.waitNanos(item), slot);
    network.send(slot, task.to(), task.ttl(item), task.flow(item), this);
    return true;
  }

  private void settle(Task task) {
    if (isAlive(task) && task.isDone()) {
      task.remember();
      tasks[task.index] = null;
      freeIndexes[freeCount++] = task.index;
      underWay.decrementAndGet();
      results.execute(task);
    }
  }

  private boolean isAlive(Task task) {
    return tasks[task.index] == task;
  }

  private long napNanos() {
    long next = Long.MAX_VALUE;
    long now = network.nanoTime();
    if (!later.isEmpty()) {
      next = later.firstKey();
    }
    if (!deadlines.isEmpty()) {
      next = Math.min(next, deadlines.firstKey());
    }
    if (!wakes.isEmpty()) {
      next = Math.min(next, wakes.firstKey());
    }
    if (!ready.isEmpty()) {
      next = Math.min(next, pacer.admits(Math.min(batch, ready.size()), now));
    }
    return Math.clamp(
        next == Long.MAX_VALUE ? LONGEST_NAP_NANOS : next - now, 0, LONGEST_NAP_NANOS);
  }

  private double nextPhase() {
    double phase = traces++ * STEP_PER_TRACE;
    return phase - Math.floor(phase);
  }

  private static long packed(Task task, int item) {
    return (long) task.generation << GENERATION_SHIFT | (long) task.index << INDEX_SHIFT | item;
  }

  private int item(int slot) {
    return item(probes.order(slot));
  }

  private static int item(long entry) {
    return (int) entry & TWENTY_BITS;
  }

  private @Nullable Task unpacked(long entry) {
    Task task = tasks[(int) (entry >>> INDEX_SHIFT) & TWENTY_BITS];
    return task != null && task.generation == (int) (entry >>> GENERATION_SHIFT & TWENTY_BITS)
        ? task
        : null;
  }
}
