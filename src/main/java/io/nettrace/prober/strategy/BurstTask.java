package io.nettrace.prober.strategy;

import io.nettrace.metric.Burst;
import io.nettrace.metric.LossReason;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.ProbeOutcome;
import io.nettrace.prober.packet.AddressBits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Several probes to the target itself, evenly spread; an item is a probe's place in the row. */
final class BurstTask extends Task {
  /** Packets of a burst that one task may hold. */
  static final int MAX_PACKETS = 10_000;

  private static final int TTL = 64;

  /** No type of ICMP: an answer from another address. */
  private static final int ELSEWHERE = -1;

  /** Extra flows of bursts where a flow names the probe; traces use the others. */
  static final int OWN_FLOWS = 7;

  private final CompletableFuture<Burst> result;
  private final Instant startedAt;
  private final ProbeMode mode;
  private final long lossAfterNanos;
  private final long spreadNanos;
  private final ProbeAnswer.@Nullable Kind[] kinds;
  private final long[] rtts;
  private final Refusal[] refusals;
  private final @Nullable String[] failures;
  private final boolean[] lost;

  /** Probes of each place in the row that are out. */
  private final byte[] out;

  private boolean askedByFlow;
  private int open;

  /** Who refused, kept as numbers until the result is wanted. */
  private record Refusal(long hi, long lo, int type, int code) {
    static Refusal elsewhere(long hi, long lo) {
      return new Refusal(hi, lo, ELSEWHERE, 0);
    }

    LossReason counted(int probes) {
      return new LossReason(
          probes,
          AddressBits.address(hi, lo),
          type == ELSEWHERE
              ? Optional.empty()
              : Optional.of(new io.nettrace.metric.Refusal(type, code)));
    }
  }

  BurstTask(
      Destination to,
      TracePath path,
      EngineBounds rules,
      int packets,
      long spreadNanos,
      ProbeMode mode,
      Instant startedAt,
      CompletableFuture<Burst> result) {
    super(to, path);
    this.result = result;
    this.startedAt = startedAt;
    this.mode = mode;
    this.lossAfterNanos = rules.lossAfterNanos();
    this.spreadNanos = spreadNanos;
    this.kinds = new ProbeAnswer.Kind[packets];
    this.rtts = new long[packets];
    this.refusals = new Refusal[packets];
    this.failures = new String[packets];
    this.lost = new boolean[packets];
    this.out = new byte[packets];
    this.open = packets;
  }

  @Override
  void begin(Agenda agenda, long now) {
    int packets = kinds.length;
    for (int i = 0; i < packets; i++) {
      agenda.probe(this, i, now + spreadNanos / packets * i);
    }
  }

  @Override
  boolean wants(int item) {
    return true;
  }

  @Override
  int ttl(int item) {
    return TTL;
  }

  @Override
  int flow(int item) {
    return path().flow(path().isAnsweredByFlow() ? 1 + item % OWN_FLOWS : 0);
  }

  @Override
  long expectedRtt(int item) {
    return path().targetRtt();
  }

  @Override
  @Nullable ResponderBudget expectedRouter(int item) {
    return null;
  }

  @Override
  boolean isPassedAt(int item) {
    return false;
  }

  @Override
  long waitNanos(int item) {
    return lossAfterNanos;
  }

  @Override
  boolean sent(int item) {
    return out[item]++ > 0;
  }

  @Override
  void refused(int item, String reason, Agenda agenda, long now) {
    if (--out[item] == 0 && kinds[item] == null) {
      failures[item] = reason;
      open--;
    }
  }

  @Override
  void answered(
      int item, ProbeAnswer answer, ResponderBudget from, long rtt, Agenda agenda, long now) {
    if (kinds[item] != null || lost[item] || failures[item] != null) {
      return;
    }
    kinds[item] = answer.kind;
    rtts[item] = rtt;
    if (answer.kind == ProbeAnswer.Kind.TARGET) {
      path().targetAnswered(rtt);
    } else {
      refusals[item] = new Refusal(answer.fromHi, answer.fromLo, answer.icmpType, answer.icmpCode);
    }
    open--;
  }

  /** What may have been answered in vain is asked once more, now each by a flow of its own. */
  @Override
  void ambiguous(Agenda agenda, long now) {
    if (askedByFlow) {
      return;
    }
    askedByFlow = true;
    for (int i = 0; i < kinds.length; i++) {
      if (out[i] > 0 && kinds[i] == null && !lost[i]) {
        agenda.probe(this, i, now);
      }
    }
  }

  @Override
  void answeredElsewhere(int item, long fromHi, long fromLo) {
    refusals[item] = Refusal.elsewhere(fromHi, fromLo);
  }

  @Override
  void expired(int item, Agenda agenda, long now) {
    if (--out[item] == 0 && kinds[item] == null && failures[item] == null) {
      lost[item] = true;
      open--;
    }
  }

  @Override
  void woken(Agenda agenda, long now) {}

  @Override
  boolean isDone() {
    return open <= 0;
  }

  @Override
  void remember() {
    int silent = 0;
    int failed = 0;
    for (int i = 0; i < kinds.length; i++) {
      silent += lost[i] ? 1 : 0;
      failed += failures[i] != null ? 1 : 0;
    }
    if (silent == 0 || silent + failed < kinds.length) {
      path().burstAnswered();
    } else {
      path().burstLost();
    }
  }

  @Override
  public void run() {
    List<ProbeOutcome> outcomes = new ArrayList<>(kinds.length);
    for (int i = 0; i < kinds.length; i++) {
      outcomes.add(outcome(i));
    }
    Burst burst = Burst.of(startedAt, to().address(), to().protocol(), mode, outcomes);
    result.complete(burst.because(losses()));
  }

  /** Most probes first; of a place in the row that was answered or not sent there is none. */
  private List<LossReason> losses() {
    Map<Refusal, Integer> probes = new LinkedHashMap<>();
    for (int i = 0; i < kinds.length; i++) {
      if (refusals[i] != null && failures[i] == null && kinds[i] != ProbeAnswer.Kind.TARGET) {
        probes.merge(refusals[i], 1, Integer::sum);
      }
    }
    return probes.entrySet().stream()
        .map(counted -> counted.getKey().counted(counted.getValue()))
        .sorted(Comparator.comparingInt(LossReason::probes).reversed())
        .limit(LossReason.MOST_OF_BURST)
        .toList();
  }

  @Override
  void fail(RuntimeException reason) {
    result.completeExceptionally(reason);
  }

  private ProbeOutcome outcome(int i) {
    String failure = failures[i];
    if (failure != null) {
      return new ProbeOutcome.SendFailed(failure);
    }
    ProbeAnswer.Kind kind = kinds[i];
    if (kind == null) {
      return new ProbeOutcome.TimedOut();
    }
    if (kind == ProbeAnswer.Kind.TARGET) {
      return new ProbeOutcome.Replied(to().address(), rtts[i]);
    }
    Refusal refusal = refusals[i];
    return new ProbeOutcome.Unreachable(
        AddressBits.address(refusal.hi(), refusal.lo()), refusal.type(), refusal.code());
  }
}
