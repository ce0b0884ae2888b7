package io.nettrace.scanner.cycle;

import io.nettrace.metric.AnswerSet;
import io.nettrace.metric.Burst;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.Trace;
import io.nettrace.scanner.AddressPolicy;
import io.nettrace.scanner.AddressPolicy.Judgement.Refused;
import io.nettrace.scanner.AssignedTarget;
import io.nettrace.scanner.Cadence;
import io.nettrace.scanner.MeasuredBurst;
import io.nettrace.scanner.MeasuredTrace;
import io.nettrace.scanner.MeasuredTrace.Cause;
import io.nettrace.scanner.OwnFault;
import io.nettrace.scanner.Resolution;
import io.nettrace.scanner.spool.Spool;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One target's life in the cycle: resolve, measure, judge. At most one burst and one trace are
 * under way; a trace wanted meanwhile follows when the present one is done. Nothing is begun that
 * the lease does not allow. Confined to the cycle's thread.
 */
final class TargetCycle {
  private static final Logger LOG = Logger.getLogger(TargetCycle.class.getName());

  /** A burst takes this part of its cycle, a scheduled trace this part of its own. */
  private static final int SPREAD_SHARE = 6;

  private static final Duration LONGEST_SPREAD = Duration.ofSeconds(10);

  /** Of the first burst and trace of a target that somebody has just added and waits for. */
  private static final Duration HURRIED_SPREAD = Duration.ofSeconds(1);

  /** Enough that a balancer of three shows a known member in all but one trace of two hundred. */
  private static final int EXTRA_FLOWS = 4;

  private final AssignedTarget target;
  private final Measuring measuring;
  private final Spool spool;
  private final Executor cycleThread;
  private final Clock clock;
  private final AddressPolicy policy;
  private final BooleanSupplier allowed;
  private final Line line;
  private final MethodChoice method;
  private final DeviationDetector deviation = new DeviationDetector();
  private final AddressPool pool = new AddressPool();
  private boolean bursting;
  private boolean tracing;
  private Duration longestSpread = LONGEST_SPREAD;
  private Optional<Cause> wanted = Optional.empty();
  private Trouble trouble = Trouble.NONE;

  /** What is watched over all targets, by which witnesses, and by which clock. */
  record Line(
      LineWatch watch,
      ResolverWatch resolver,
      Predicate<AssignedTarget> witnesses,
      LongSupplier nanos) {}

  /** Why there is no address to probe. */
  private enum Trouble {
    NONE,
    UNRESOLVED,
    /** The name leads where no tenant may have us probe. */
    FORBIDDEN
  }

  TargetCycle(
      AssignedTarget target,
      Measuring measuring,
      Spool spool,
      Executor cycleThread,
      Clock clock,
      AddressPolicy policy,
      Line line,
      BooleanSupplier allowed) {
    this.line = line;
    this.policy = policy;
    this.allowed = allowed;
    this.target = target;
    this.measuring = measuring;
    this.spool = spool;
    this.cycleThread = cycleThread;
    this.clock = clock;
    this.method = new MethodChoice(target.methods());
  }

  AssignedTarget target() {
    return target;
  }

  /** Somebody waits for the first result. */
  void hurry() {
    longestSpread = HURRIED_SPREAD;
  }

  void burst(Cadence cadence) {
    if (bursting || !allowed.getAsBoolean()) {
      return;
    }
    bursting = true;
    Protocol protocol = method.current();
    long begun = line.nanos().getAsLong();
    var _ =
        resolved()
            .thenCompose(
                address ->
                    measuring.burst(
                        address,
                        target.port(),
                        protocol,
                        cadence.burstPackets(),
                        spread(cadence.burstEvery())))
            .whenCompleteAsync(
                (burst, failure) -> burstEnded(cadence, protocol, begun, burst, failure),
                cycleThread);
  }

  void scheduledTrace(Cadence cadence) {
    trace(Cause.SCHEDULED, spread(cadence.traceEvery()));
  }

  /** A trace at once, or as soon as the one under way is done. */
  void traceNow(Cause cause) {
    trace(cause, Duration.ZERO);
  }

  private void trace(Cause cause, Duration spread) {
    if (!allowed.getAsBoolean()) {
      return;
    }
    if (tracing) {
      if (cause != Cause.SCHEDULED) {
        wanted = Optional.of(cause);
      }
      return;
    }
    tracing = true;
    Protocol protocol = method.current();
    long begun = line.nanos().getAsLong();
    var _ =
        resolved()
            .thenCompose(
                address -> measuring.trace(address, target.port(), protocol, spread, EXTRA_FLOWS))
            .whenCompleteAsync(
                (trace, failure) -> traceEnded(cause, begun, trace, failure), cycleThread);
  }

  private void burstEnded(
      Cadence cadence,
      Protocol protocol,
      long begun,
      @Nullable Burst burst,
      @Nullable Throwable failure) {
    bursting = false;
    if (burst == null) {
      failed("burst", failure);
      return;
    }
    line.watch()
        .judge(
            outcome(burst.startedAt(), begun, burst.sent(), burst.received()),
            () -> believe(burst));
    if (line.watch().isDown()) {
      return;
    }
    if (burst.received() > 0) {
      method.replied(protocol);
    }
    if (burst.received() == 0 && burst.sent() > 0 && method.silent(protocol)) {
      burst(cadence);
    } else {
      longestSpread = LONGEST_SPREAD;
    }
  }

  private LineWatch.Outcome outcome(Instant beganAt, long begun, int sent, int received) {
    long now = line.nanos().getAsLong();
    return new LineWatch.Outcome(
        target.targetId(), isWitness(), beganAt, begun, now, sent, received);
  }

  private void believe(Burst burst) {
    spool.append(new MeasuredBurst(target.targetId(), target.host(), burst));
    if (pool.probed().filter(burst.address()::equals).isPresent() && burst.sent() > 0) {
      pool.heard(burst.received() > 0);
    }
    if (deviation.deviates(burst)) {
      traceNow(Cause.DEVIATION);
    }
  }

  private void traceEnded(
      Cause cause, long begun, @Nullable Trace trace, @Nullable Throwable failure) {
    tracing = false;
    if (trace == null) {
      failed("trace", failure);
    } else {
      believe(cause, begun, trace);
    }
    Optional<Cause> next = wanted;
    wanted = Optional.empty();
    next.ifPresent(this::traceNow);
  }

  /** A trace that saw nothing of the way, or stopped on it, may have met a fault of our own. */
  private void believe(Cause cause, long begun, Trace trace) {
    boolean seen = trace.hops().stream().anyMatch(hop -> !hop.replies().isEmpty());
    if (trace.reached() || (seen && !line.watch().isDown())) {
      spool.append(new MeasuredTrace(target.targetId(), target.host(), cause, trace));
    } else if (!seen) {
      line.watch()
          .judge(
              outcome(trace.startedAt(), begun, 1, 0),
              () ->
                  spool.append(new MeasuredTrace(target.targetId(), target.host(), cause, trace)));
    }
  }

  private void failed(String what, @Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException e ? e.getCause() : failure;
    if (cause instanceof UnresolvedException) {
      return;
    }
    // what a tenant measures is nobody's business who reads the log
    String whose = target.guarded() ? target.targetId() : target.host();
    LOG.log(Level.WARNING, "No " + what + " of " + whose, target.guarded() ? null : cause);
  }

  private CompletableFuture<InetAddress> resolved() {
    return measuring.resolve(target.host()).handleAsync(this::judgeAnswer, cycleThread);
  }

  private InetAddress judgeAnswer(@Nullable AnswerSet answer, @Nullable Throwable failure) {
    Optional<InetAddress> known = pool.probed();
    if (answer == null && failure != null && !isDenied(failure)) {
      noNameServer(failure);
      if (known.isPresent() && trouble == Trouble.NONE) {
        return known.get(); // the name service's fault is none of the target's
      }
    }
    if (answer == null || answer.addresses().isEmpty()) {
      throw unresolved(Trouble.UNRESOLVED, failure == null ? "no addresses" : reason(failure));
    }
    if (target.guarded() && policy.judge(answer.addresses()) instanceof Refused refused) {
      throw unresolved(Trouble.FORBIDDEN, refused.reason());
    }
    if (isWitness()) {
      line.resolver().answered(answer.resolvedAt(), clock.instant());
    }
    boolean first = known.isEmpty();
    AddressPool.Change change = pool.answered(answer.addresses());
    InetAddress probed = pool.probed().orElseThrow();
    if (target.guarded() && policy.judge(probed) instanceof Refused refused) {
      throw unresolved(Trouble.FORBIDDEN, refused.reason());
    }
    if (change != AddressPool.Change.NONE || trouble != Trouble.NONE) {
      List<InetAddress> told = pool.told(answer.addresses());
      spool.append(
          new Resolution.Resolved(
              target.targetId(),
              new AnswerSet(answer.host(), answer.resolvedAt(), told, answer.ttl())));
    }
    trouble = Trouble.NONE;
    if (change == AddressPool.Change.MOVED && !first) {
      traceNow(Cause.RESOLUTION);
    }
    return probed;
  }

  /** Told once, when it begins. */
  private UnresolvedException unresolved(Trouble kind, String reason) {
    if (trouble != kind) {
      spool.append(
          new Resolution.Failed(target.targetId(), target.host(), clock.instant(), reason));
    }
    trouble = kind;
    return new UnresolvedException(reason);
  }

  /** Only the log of this machine tells which name server said what, and of which name. */
  private void noNameServer(Throwable failure) {
    boolean begins = isWitness() && line.resolver().unanswered(target.targetId(), clock.instant());
    if (begins && !target.guarded()) {
      LOG.log(Level.WARNING, "No name server answers, lately: {0}", cause(failure).getMessage());
    }
  }

  /** Whether it says something of the vantage point, too. */
  private boolean isWitness() {
    return line.witnesses().test(target);
  }

  private static boolean isDenied(Throwable failure) {
    return cause(failure) instanceof UnknownHostException;
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** What a name server says of the name; how one failed would tell where it is. */
  private static String reason(Throwable failure) {
    if (!isDenied(failure)) {
      return OwnFault.NO_NAME_SERVER;
    }
    Throwable cause = cause(failure);
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  private Duration spread(Duration period) {
    Duration share = period.dividedBy(SPREAD_SHARE);
    return share.compareTo(longestSpread) < 0 ? share : longestSpread;
  }

  /** The target has no address at present, so there is nothing to measure. */
  private static final class UnresolvedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnresolvedException(String reason) {
      super(reason, null, false, false);
    }
  }
}
