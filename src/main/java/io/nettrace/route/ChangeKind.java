package io.nettrace.route;

import io.nettrace.geo.Origins;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/** Judges on which level two paths differ. */
final class ChangeKind {
  private ChangeKind() {}

  static RouteChange.Kind of(CanonicalPath before, CanonicalPath after, Origins origins) {
    if (!systems(before, origins).equals(systems(after, origins))) {
      return RouteChange.Kind.AS_PATH;
    }
    return onlyMembers(before, after) ? RouteChange.Kind.BALANCED : RouteChange.Kind.IP_PATH;
  }

  /** The autonomous systems passed, in order, each once per visit; unknown ones are left out. */
  static List<Long> systems(CanonicalPath path, Origins origins) {
    List<Long> systems = new ArrayList<>();
    for (Set<InetAddress> hop : path.hops()) {
      hop.stream()
          .map(origins::asn)
          .flatMapToLong(asn -> asn.stream())
          .distinct()
          .sorted()
          .filter(asn -> systems.isEmpty() || systems.getLast() != asn)
          .forEach(systems::add);
    }
    return systems;
  }

  private static boolean onlyMembers(CanonicalPath before, CanonicalPath after) {
    BitSet differences = before.differences(after);
    return differences.stream().allMatch(i -> before.at(i).size() > 1 && after.at(i).size() > 1);
  }
}
