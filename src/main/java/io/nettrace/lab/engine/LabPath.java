package io.nettrace.lab.engine;

import io.nettrace.lab.packet.FlowHash;
import io.nettrace.lab.scenario.LabRoute;
import io.nettrace.lab.scenario.LabRouteStep;
import java.util.List;
import java.util.function.ToIntFunction;

/** A route as arrays: which nodes stand at each distance, and how far away they are. */
final class LabPath {
  private static final double NANOS_PER_MILLI = 1e6;

  private final int[][] nodes;
  private final long[] rttNanos;
  private final long[] salts;
  private final boolean[] perPacket;
  private final long endRttNanos;

  private LabPath(int steps, long endRttNanos) {
    this.nodes = new int[steps][];
    this.rttNanos = new long[steps];
    this.salts = new long[steps];
    this.perPacket = new boolean[steps];
    this.endRttNanos = endRttNanos;
  }

  static LabPath of(LabRoute route, long seed, ToIntFunction<String> node) {
    return of(route.steps(), route.rttMillis(), seed, node);
  }

  /** The way to the router at {@code step} itself, as if it were a destination. */
  static LabPath to(int step, LabRoute route, long seed, ToIntFunction<String> node) {
    return of(route.steps().subList(0, step), route.steps().get(step).rttMillis(), seed, node);
  }

  private static LabPath of(
      List<LabRouteStep> steps, double endRttMillis, long seed, ToIntFunction<String> node) {
    LabPath path = new LabPath(steps.size(), nanos(endRttMillis));
    for (int i = 0; i < steps.size(); i++) {
      LabRouteStep step = steps.get(i);
      path.nodes[i] = step.hops().stream().mapToInt(node).toArray();
      path.rttNanos[i] = nanos(step.rttMillis());
      path.perPacket[i] = step.balance() == LabRouteStep.Balance.PACKET;
      boolean continues = i > 0 && sameBalancer(steps.get(i - 1), step);
      path.salts[i] = continues ? path.salts[i - 1] : seed * 31 + step.hops().getFirst().hashCode();
    }
    return path;
  }

  private static boolean sameBalancer(LabRouteStep before, LabRouteStep step) {
    return before.hops().size() == step.hops().size() && before.balance() == step.balance();
  }

  int steps() {
    return nodes.length;
  }

  /** The node at {@code step} that a packet of this hash passes. */
  int node(int step, long flowHash, long packetHash) {
    int[] branches = nodes[step];
    if (branches.length == 1) {
      return branches[0];
    }
    long hash = perPacket[step] ? packetHash : flowHash;
    return branches[FlowHash.branch(hash, salts[step], branches.length)];
  }

  long rttNanos(int step) {
    return step < rttNanos.length ? rttNanos[step] : endRttNanos;
  }

  static long nanos(double millis) {
    return Math.round(millis * NANOS_PER_MILLI);
  }
}
