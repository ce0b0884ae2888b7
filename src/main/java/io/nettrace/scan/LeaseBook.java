package io.nettrace.scan;

import io.nettrace.scanner.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Who measures which slice of one vantage point. The life of a slice: free, held by a scanner for
 * as long as that one renews; asked back when another scanner is to have it, which its holder
 * confirms by obeying the grant that no longer names it; free again. The slices of a scanner that
 * falls silent are free when its lease has run out.
 *
 * <p>Two scanners never hold a slice at once: what a scanner may believe is never shorter here than
 * with the scanner itself. Therefore a lease that was given without end (the only scanner) counts
 * so until the scanner has confirmed that it knows better.
 */
final class LeaseBook {
  static final int SLICES = 64;

  /**
   * One scanner.
   *
   * @param number of its last grant
   * @param until it may measure until then
   * @param toldSole its last grant said that it is the only one
   * @param sole it may still believe that it is
   */
  record Holder(UUID instance, long number, Instant until, boolean toldSole, boolean sole) {}

  /**
   * One slice.
   *
   * @param holder who may measure it; empty when nobody
   * @param leaving its holder was told to give it up
   * @param until when it was or will be free; meaningless while held and not leaving
   */
  record Slice(Optional<UUID> holder, boolean leaving, Instant until) {}

  private final Instant now;
  private final LeaseTerms terms;
  private final Duration cycle;
  private final Map<UUID, Holder> holders = new TreeMap<>();
  private final Slice[] slices;
  private final List<Integer> idleTaken = new ArrayList<>();

  /** {@code cycle} is the time between two measurements of a target. */
  LeaseBook(
      Instant now, LeaseTerms terms, Duration cycle, List<Holder> holders, List<Slice> slices) {
    this.now = now;
    this.terms = terms;
    this.cycle = cycle;
    holders.forEach(holder -> this.holders.put(holder.instance(), holder));
    this.slices = slices.toArray(Slice[]::new);
  }

  /** A slice that nobody ever held. */
  static Slice untouched() {
    return new Slice(Optional.empty(), false, Instant.EPOCH);
  }

  Holder holder(UUID instance) {
    return holders.getOrDefault(instance, new Holder(instance, 0, Instant.EPOCH, false, false));
  }

  List<Slice> slices() {
    return List.of(slices);
  }

  /** A new run of the scanner: whatever an earlier run believed, nobody believes any more. */
  Lease begin(UUID instance) {
    Holder before = holder(instance);
    if (!before.until().isAfter(now)) {
      release(instance, false, before.until());
    }
    return renew(instance, before.number());
  }

  /** Extends what the scanner has, moves towards its fair share, and says what it may measure. */
  Lease renew(UUID instance, long obeyed) {
    Holder before = holder(instance);
    boolean sole = before.sole();
    if (obeyed == before.number()) {
      release(instance, true, now);
      sole = before.toldSole();
    }
    boolean alone = others(instance).isEmpty();
    List<Integer> mine = held(instance);
    int share = share(instance);
    List<Integer> taken = take(instance, share - mine.size());
    int excess = askBack(mine.subList(Math.min(share, mine.size()), mine.size()), before);
    boolean moved = !taken.isEmpty() || excess > 0 || alone != before.toldSole();
    Holder after =
        new Holder(
            instance,
            moved ? before.number() + 1 : before.number(),
            now.plus(alone || sole ? terms.solePatience() : terms.term()),
            alone,
            alone || sole);
    holders.put(instance, after);
    return new Lease(
        after.number(), now, terms.term(), alone, slices.length, held(instance), idle(taken));
  }

  /** The scanner stops measuring. */
  Lease leave(UUID instance) {
    Holder before = holder(instance);
    release(instance, false, now);
    holders.put(instance, new Holder(instance, before.number() + 1, now, false, false));
    return new Lease(
        before.number() + 1, now, Duration.ZERO, false, slices.length, List.of(), List.of());
  }

  private List<Integer> idle(List<Integer> taken) {
    return taken.stream().filter(idleTaken::contains).toList();
  }

  private void release(UUID instance, boolean onlyLeaving, Instant since) {
    for (int i = 0; i < slices.length; i++) {
      if (isHeldBy(slices[i], instance) && (slices[i].leaving() || !onlyLeaving)) {
        slices[i] = new Slice(Optional.empty(), false, since);
      }
    }
  }

  private List<Integer> take(UUID instance, int wanted) {
    List<Integer> taken = new ArrayList<>();
    for (int i = 0; i < slices.length && taken.size() < wanted; i++) {
      Instant free = freeAt(slices[i]);
      if (!isHeldBy(slices[i], instance) && !free.plus(terms.margin()).isAfter(now)) {
        if (!free.plus(cycle).isAfter(now)) {
          idleTaken.add(i);
        }
        slices[i] = new Slice(Optional.of(instance), false, now);
        taken.add(i);
      }
    }
    return taken;
  }

  private int askBack(List<Integer> excess, Holder holder) {
    for (int i : excess) {
      slices[i] = new Slice(slices[i].holder(), true, holder.until());
    }
    return excess.size();
  }

  private Instant freeAt(Slice slice) {
    return slice.holder().isPresent() && !slice.leaving()
        ? holder(slice.holder().get()).until()
        : slice.until();
  }

  private List<Integer> held(UUID instance) {
    return IntStream.range(0, slices.length)
        .filter(i -> isHeldBy(slices[i], instance) && !slices[i].leaving())
        .boxed()
        .toList();
  }

  private static boolean isHeldBy(Slice slice, UUID instance) {
    return slice.holder().equals(Optional.of(instance));
  }

  private List<UUID> others(UUID instance) {
    return holders.values().stream()
        .filter(holder -> !holder.instance().equals(instance) && holder.until().isAfter(now))
        .map(Holder::instance)
        .toList();
  }

  private int share(UUID instance) {
    List<UUID> live = new ArrayList<>(others(instance));
    live.add(instance);
    live.sort(Comparator.naturalOrder());
    int larger = slices.length % live.size();
    return slices.length / live.size() + (live.indexOf(instance) < larger ? 1 : 0);
  }
}
