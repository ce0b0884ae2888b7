package io.nettrace.lab.scenario;

import java.net.InetAddress;
import java.util.List;

/**
 * Something that happens to a simulated internet. {@code where} is a router's id, for everything
 * that passes it, or a destination's host.
 */
public sealed interface LabEvent {

  /** The destinations are reached by another of their routes. */
  record RouteFlip(List<String> hosts, String route) implements LabEvent {
    public RouteFlip {
      hosts = List.copyOf(hosts);
    }
  }

  /** Packets take longer; replaces an earlier step at the same place. */
  record DelayStep(String where, double addedMillis) implements LabEvent {}

  /** Packets are lost, beside those that are lost anyway; replaces an earlier loss there. */
  record Loss(String where, double lossRatio) implements LabEvent {}

  /** Nothing passes and nothing answers. */
  record Outage(String where) implements LabEvent {}

  /** The destination's name resolves to other addresses of it. */
  record AnswerChange(String host, List<InetAddress> addresses) implements LabEvent {
    public AnswerChange {
      addresses = List.copyOf(addresses);
    }
  }

  /** All that happened at this place is over. */
  record Restore(String where) implements LabEvent {}
}
