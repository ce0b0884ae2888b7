package io.nettrace.plan;

import io.github.bucket4j.Bucket;
import io.nettrace.plan.UsageReport.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one node knows of one tenant's limits. Lives while the tenant calls and for a minute after.
 *
 * <p>A call is admitted when it has a place, the slice has room and the burst allows it, looked at
 * in this order so that a call that is turned away costs nothing. When the slice is empty one
 * caller asks the ledger for another and the others wait for that answer; the lock is held by none
 * of them meanwhile. Where a plan has no limit nobody is asked: calls are counted, and reported.
 */
final class Meter {
  static final long DAY_SECONDS = TimeUnit.DAYS.toSeconds(1);
  private static final long EXHAUSTED_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long EVICTED_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** Slices that are smaller are asked for when the last one is empty. */
  private static final long ASKED_AHEAD_FROM = 8;

  final UUID tenantId;
  private final Bucket bucket;
  private MomentLimits burst;
  private DayShare today;
  private List<DayShare> earlier = List.of();
  private @Nullable Lease lease;
  private long sliceSize;
  private long exhaustedUntilNanos;
  private long touchedNanos;
  private boolean exhausted;
  private boolean evicted;

  /** What came of a look at the meter. */
  sealed interface Look {
    /** The caller is admitted; {@code ahead} is a slice that is to be asked for meanwhile. */
    record Go(Admission.Admitted admitted, @Nullable Lease ahead) implements Look {}

    /** The caller is turned away. */
    record Stop(Admission why) implements Look {}

    /** The caller is to ask the ledger for this slice, then look again. */
    record Ask(Lease lease) implements Look {}

    /** Somebody else is asking; look again when the lease is over. */
    record Wait(Lease lease) implements Look {}

    /** The meter was given up: take a new one. */
    record Gone() implements Look {}
  }

  /** A question to the ledger that is on its way. */
  static final class Lease {
    final DayShare share;
    final Plan plan;
    final CompletableFuture<Boolean> over = new CompletableFuture<>();
    private int waiting;

    Lease(DayShare share, Plan plan) {
      this.share = share;
      this.plan = plan;
    }
  }

  private static final Look GONE = new Look.Gone();

  Meter(UUID tenantId, MomentLimits burst, QuotaClock time) {
    this.tenantId = tenantId;
    this.burst = burst;
    this.bucket = burst.bucket(time);
    this.today = new DayShare(time.day());
    this.touchedNanos = time.nanos();
  }

  synchronized Look look(MomentLimits now, QuotaClock time) {
    if (evicted) {
      return GONE;
    }
    long nanos = time.nanos();
    touchedNanos = nanos;
    turn(time.day());
    replan(now);
    DayShare share = today;
    int limit = burst.atOnce();
    if (inFlight() >= limit) {
      share.refused++;
      return new Look.Stop(new Admission.TooManyAtOnce(limit));
    }
    if (share.left == 0 && !burst.plan().unlimited()) {
      return emptyHanded(share, nanos);
    }
    if (!bucket.tryConsume(1)) {
      share.refused++;
      return new Look.Stop(new Admission.TooFast(MomentLimits.waitMillis(bucket)));
    }
    if (share.left == 0) {
      share.takeUnasked();
    }
    share.left--;
    share.inFlight++;
    return new Look.Go(new Admission.Admitted(new Ticket(this, share)), ahead(share));
  }

  private Look emptyHanded(DayShare share, long nanos) {
    if (exhausted && nanos - exhaustedUntilNanos < 0) {
      share.refused++;
      Instant reset = Instant.ofEpochSecond((share.day + 1) * DAY_SECONDS);
      return new Look.Stop(new Admission.DailyExhausted(burst.plan().callsPerDay(), reset));
    }
    Lease asked = lease;
    if (asked == null) {
      asked = new Lease(share, burst.plan());
      lease = asked;
      return new Look.Ask(asked);
    }
    asked.waiting++;
    return new Look.Wait(asked);
  }

  /** A question to ask before the slice is empty; at most one is on its way. */
  private @Nullable Lease ahead(DayShare share) {
    boolean enough = burst.plan().unlimited() || share.left >= sliceSize / 4;
    if (enough || sliceSize < ASKED_AHEAD_FROM || exhausted || lease != null) {
      return null;
    }
    lease = new Lease(share, burst.plan());
    return lease;
  }

  /** How many calls to ask for: a hundredth of the day, or as many as wait. */
  synchronized long wanted(Lease asked) {
    return Math.max(asked.plan.callsPerDay() / 100, 1 + asked.waiting);
  }

  /** Whether something of the day is given up here that the ledger does not know of yet. */
  synchronized boolean hasSpare(Lease asked) {
    return asked.share.spare > 0;
  }

  /** The ledger's answer. */
  synchronized void take(Lease asked, Ledger.Slice slice, QuotaClock time) {
    DayShare share = asked.share;
    share.left += slice.granted();
    share.learn(slice.used());
    if (!asked.plan.equals(burst.plan())) {
      share.release(0);
      return;
    }
    sliceSize = slice.granted();
    exhausted = slice.granted() == 0;
    exhaustedUntilNanos = time.nanos() + EXHAUSTED_NANOS;
  }

  /** The ledger answered, or could not. */
  void over(Lease asked, boolean answered) {
    synchronized (this) {
      lease = null;
    }
    asked.over.complete(answered);
  }

  /** Called by tickets, under the lock. */
  void end(DayShare share, boolean counted) {
    share.inFlight--;
    if (counted) {
      share.used++;
    } else {
      share.left++;
    }
  }

  /**
   * Adds to {@code report} what there is to say, and gives back what this node has no use for:
   * everything when it was not touched for some seconds or when {@code leaving}, and near the end
   * of the quota what exceeds the calls of the last second. True when nothing is left to remember.
   */
  synchronized boolean collect(UsageReport report, QuotaClock time, boolean leaving) {
    long untouched = time.nanos() - touchedNanos;
    turn(time.day());
    if (lease == null) {
      today.release(keep(leaving || untouched >= KEPT_NANOS));
      earlier.forEach(share -> share.release(0));
    }
    collect(report, today);
    if (!earlier.isEmpty()) {
      earlier.forEach(share -> collect(report, share));
      // a slice that is on its way may still be meant for one of them
      boolean awaited = lease != null;
      earlier = earlier.stream().filter(share -> awaited || !share.isSettled()).toList();
    }
    evicted = lease == null && earlier.isEmpty() && today.isSettled() && untouched >= EVICTED_NANOS;
    return evicted;
  }

  private long keep(boolean idle) {
    Plan plan = burst.plan();
    boolean tight = !plan.unlimited() && today.booked >= plan.callsPerDay() / 10 * 9;
    return idle ? 0 : tight ? 2 * (today.used + today.inFlight) : today.left;
  }

  private void collect(UsageReport report, DayShare share) {
    if (share.inReport || (share.used == 0 && share.refused == 0 && share.spare == 0)) {
      return;
    }
    report.add(
        new Entry(
            this, share, burst.plan(), share.used, share.refused, share.spare, share.noticed));
    share.reporting = share.used;
    share.used = 0;
    share.refused = 0;
    share.spare = 0;
    share.inReport = true;
  }

  /** The ledger has booked an entry. */
  synchronized void booked(Entry entry, long usedInAll, int noticed) {
    DayShare share = entry.share();
    share.reporting = 0;
    share.inReport = false;
    share.learn(usedInAll);
    share.noticed |= noticed;
  }

  synchronized QuotaState state(MomentLimits now, QuotaClock time) {
    turn(time.day());
    replan(now);
    return state(burst, bucket.getAvailableTokens(), today.spent(), time);
  }

  /** The limits of a tenant that has not called lately. */
  static QuotaState untouched(MomentLimits burst, long spent, QuotaClock time) {
    return state(burst, burst.capacity(), spent, time);
  }

  private static QuotaState state(MomentLimits burst, long burstLeft, long spent, QuotaClock time) {
    Plan plan = burst.plan();
    return new QuotaState(
        plan.callsPerDay(),
        plan.unlimited(),
        Math.max(0, plan.callsPerDay() - spent),
        DAY_SECONDS - Math.floorMod(time.seconds(), DAY_SECONDS),
        new QuotaState.Moment(
            burst.capacity(), burst.refillSeconds(), Math.max(0, burstLeft), burst.atOnce()));
  }

  /** Midnight: what belongs to the day that ended stays with it. */
  private void turn(long day) {
    if (day > today.day) {
      List<DayShare> ended = new ArrayList<>(earlier);
      ended.add(today);
      earlier = List.copyOf(ended);
      today = new DayShare(day);
      exhausted = false;
    }
  }

  /** Another plan, or another number of nodes. */
  private void replan(MomentLimits now) {
    if (now != burst) {
      if (!now.plan().equals(burst.plan())) {
        exhausted = false;
        today.release(0);
      }
      burst = now;
      now.applyTo(bucket);
    }
  }

  private int inFlight() {
    int count = today.inFlight;
    for (DayShare share : earlier) {
      count += share.inFlight;
    }
    return count;
  }
}
