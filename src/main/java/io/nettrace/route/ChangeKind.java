package io.nettrace.route;

import io.nettrace.geo.Origins;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Judges on which level two paths differ. */
final class ChangeKind {
  private ChangeKind() {}

  static RouteChange.Kind of(
      CanonicalPath before, CanonicalPath after, Origins origins, HopIdentity identity) {
    if (!new SameSystems(visits(before, origins), visits(after, origins)).holds()) {
      return RouteChange.Kind.AS_PATH;
    }
    return onlyMembers(before, after, identity)
        ? RouteChange.Kind.BALANCED
        : RouteChange.Kind.IP_PATH;
  }

  /** The autonomous systems passed, in order, each once per visit; unknown ones are left out. */
  static List<Long> systems(CanonicalPath path, Origins origins) {
    List<Long> systems = new ArrayList<>();
    for (Set<Long> hop : visits(path, origins).hops()) {
      hop.stream()
          .sorted()
          .filter(asn -> systems.isEmpty() || !systems.getLast().equals(asn))
          .forEach(systems::add);
    }
    return systems;
  }

  private static SameSystems.Visits visits(CanonicalPath path, Origins origins) {
    List<Set<Long>> visits = new ArrayList<>();
    for (Set<InetAddress> hop : path.hops()) {
      Set<Long> systems = new HashSet<>();
      hop.forEach(address -> origins.asn(address).ifPresent(systems::add));
      visits.add(systems);
    }
    return new SameSystems.Visits(visits, path.complete());
  }

  private static boolean onlyMembers(
      CanonicalPath before, CanonicalPath after, HopIdentity identity) {
    BitSet differences = before.differences(after, identity);
    return differences.stream().allMatch(i -> before.at(i).size() > 1 && after.at(i).size() > 1);
  }
}
