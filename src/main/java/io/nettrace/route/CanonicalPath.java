package io.nettrace.route;

import io.nettrace.metric.Hop;
import io.nettrace.metric.HopState;
import io.nettrace.metric.Trace;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A path with its accidents taken out: at each distance the addresses that share the load there, an
 * empty set where nothing is known. The last known hop of a {@code complete} path is the
 * destination.
 */
public record CanonicalPath(List<Set<InetAddress>> hops, boolean complete) {
  private static final int MOST_ADDRESSES_PER_HOP = 64;

  public CanonicalPath {
    hops = hops.stream().map(CanonicalPath::frozen).toList();
  }

  /**
   * What one trace saw. A hop that refused is unknown: it speaks of the outage, not of the path.
   */
  public static CanonicalPath of(Trace trace) {
    List<Set<InetAddress>> hops = new ArrayList<>();
    for (Hop hop : trace.hops()) {
      hops.add(hop.state() == HopState.UNREACHABLE ? Set.of() : hop.addresses());
    }
    while (!hops.isEmpty() && hops.getLast().isEmpty()) {
      hops.removeLast();
    }
    return new CanonicalPath(hops, trace.reached() && !hops.isEmpty());
  }

  static CanonicalPath empty() {
    return new CanonicalPath(List.of(), false);
  }

  public boolean isEmpty() {
    return hops.isEmpty();
  }

  public int length() {
    return hops.size();
  }

  /** The addresses at an index (ttl - 1); empty where nothing is known. */
  Set<InetAddress> at(int index) {
    return index < hops.size() ? hops.get(index) : Set.of();
  }

  /** Indexes at which the two cannot be the same path. */
  BitSet differences(CanonicalPath other, HopIdentity identity) {
    BitSet differences = new BitSet();
    for (int i = 0; i < Math.max(length(), other.length()); i++) {
      if (differsAt(i, other, identity)) {
        differences.set(i);
      }
    }
    return differences;
  }

  boolean agreesWith(CanonicalPath other, HopIdentity identity) {
    return differences(other, identity).isEmpty();
  }

  /** At this index both know somebody who is the same. */
  boolean sharesAt(int index, CanonicalPath other, HopIdentity identity) {
    return identity.shares(at(index), other.at(index));
  }

  private boolean differsAt(int index, CanonicalPath other, HopIdentity identity) {
    if (index < length() && index < other.length()) {
      return !at(index).isEmpty()
          && !other.at(index).isEmpty()
          && !sharesAt(index, other, identity);
    }
    return index < length()
        ? isBeyond(index, this, other)
        : index < other.length() && isBeyond(index, other, this);
  }

  /** {@code longer} knows a hop where {@code shorter} has already arrived. */
  private static boolean isBeyond(int index, CanonicalPath longer, CanonicalPath shorter) {
    if (!shorter.complete || longer.at(index).isEmpty()) {
      return false;
    }
    boolean destination = longer.complete && index == longer.length() - 1;
    return !destination || longer.nearestDestination() >= shorter.length();
  }

  /** The destination is at the last index, or nearer if only silence stands before it. */
  private int nearestDestination() {
    int index = length() - 1;
    while (index > 0 && hops.get(index - 1).isEmpty()) {
      index--;
    }
    return index;
  }

  /** This path, with silent hops and a missing tail filled in from one that agrees with it. */
  CanonicalPath filledFrom(CanonicalPath agreeing) {
    boolean nearest = complete && agreeing.complete;
    int length =
        nearest ? Math.min(length(), agreeing.length()) : Math.max(length(), agreeing.length());
    List<Set<InetAddress>> merged = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      merged.add(at(i).isEmpty() ? agreeing.at(i) : at(i));
    }
    return new CanonicalPath(merged, complete || agreeing.complete);
  }

  /**
   * The union, hop by hop, within this path's length; further addresses than the bound are left.
   */
  CanonicalPath joinedWith(CanonicalPath more) {
    List<Set<InetAddress>> joined = new ArrayList<>();
    for (int i = 0; i < Math.max(length(), more.length()); i++) {
      Set<InetAddress> all = new LinkedHashSet<>(at(i));
      more.at(i).stream().limit(MOST_ADDRESSES_PER_HOP - (long) all.size()).forEach(all::add);
      joined.add(all);
    }
    return new CanonicalPath(joined, complete);
  }

  /** This path with other addresses at one index. */
  CanonicalPath replaced(int index, Set<InetAddress> addresses) {
    List<Set<InetAddress>> replaced = new ArrayList<>(hops);
    replaced.set(index, addresses);
    return new CanonicalPath(replaced, complete);
  }

  private static Set<InetAddress> frozen(Set<InetAddress> addresses) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(addresses));
  }
}
