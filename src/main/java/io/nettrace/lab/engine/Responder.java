package io.nettrace.lab.engine;

import io.nettrace.lab.engine.LabCounters.Fate;
import io.nettrace.lab.packet.AnswerWriter;
import io.nettrace.lab.packet.FlowHash;
import io.nettrace.lab.packet.LabIcmpError;
import io.nettrace.lab.packet.LabIcmpError.Reason;
import io.nettrace.lab.packet.LabNameQuery;
import io.nettrace.lab.packet.Probe;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of one packet that the vantage point sent, and composes the answer.
 *
 * <p>A packet of TTL t passes the first t nodes of its route, each of which may lose or delay it.
 * The last of them either says that its time is exceeded or, at the end of the route, is the
 * destination and answers for itself.
 */
final class Responder {
  private static final int ROUTER_TTL = 255;
  private static final int HOST_TTL = 64;
  private static final int NAME_PORT = 53;
  private static final double VARIATION_MAX = 20;

  private final Topology topology;
  private final NameService names;
  private final SplittableRandom random;
  private final Probe probe = new Probe();
  private final AnswerWriter writer = new AnswerWriter();
  private volatile Conditions conditions;

  private double survival;
  private long delayNanos;
  private long variationNanos;

  Responder(Topology topology) {
    this.topology = topology;
    this.names = new NameService(topology.scenario());
    this.random = new SplittableRandom(topology.scenario().seed());
    this.conditions = Conditions.initial(topology);
  }

  Conditions conditions() {
    return conditions;
  }

  void conditions(Conditions next) {
    conditions = next;
  }

  /**
   * Looks at a packet read at {@code nowNanos}.
   *
   * @param reply filled in exactly when the fate is {@link Fate#ANSWERED}
   */
  Fate respond(ByteBuffer packet, int length, long nowNanos, LabReply reply) {
    if (!probe.read(packet, length)) {
      return probe.isMulticast() ? Fate.IGNORED : Fate.MALFORMED;
    }
    if (probe.isMulticast()) {
      return Fate.IGNORED;
    }
    reply.answers(probe, nowNanos);
    Conditions now = conditions;
    int address = topology.addressNumber(probe.targetHigh(), probe.targetLow());
    Fate fate =
        address == AddressTable.NONE
            ? refuse(now, nowNanos, reply)
            : travel(now, address, nowNanos, reply);
    if (fate == Fate.ANSWERED) {
      reply.dueNanos = nowNanos + delayNanos + variation();
    }
    return fate;
  }

  private Fate travel(Conditions now, int address, long nowNanos, LabReply reply) {
    LabEndpoint endpoint = topology.endpoint(topology.endpointOfAddress(address));
    LabPath path = now.path(topology.endpointOfAddress(address));
    depart();
    int expiry = probe.ttl() - 1;
    int node = pass(now, path, Math.min(expiry, path.steps() - 1));
    if (expiry >= path.steps()) {
      node = endpoint.node;
      pass(now, node);
    }
    delayNanos += path.rttNanos(Math.min(expiry, path.steps()));
    if (random.nextDouble() >= survival) {
      return Fate.LOST;
    }
    return expiry < path.steps()
        ? error(Reason.TIME_EXCEEDED, node, expiry, nowNanos, reply)
        : deliver(endpoint, address, path.steps(), now, reply);
  }

  private void depart() {
    survival = 1;
    delayNanos = 0;
    variationNanos = 0;
  }

  /** Passes the nodes up to {@code lastStep}; returns the last one. */
  private int pass(Conditions now, LabPath path, int lastStep) {
    long flowHash = FlowHash.of(probe);
    long packetHash = random.nextLong();
    int node = 0;
    for (int step = 0; step <= lastStep; step++) {
      node = path.node(step, flowHash, packetHash);
      pass(now, node);
    }
    return node;
  }

  private void pass(Conditions now, int node) {
    survival = now.isDown(node) ? 0 : survival * now.survival(node);
    delayNanos += now.addedNanos(node);
    variationNanos += topology.node(node).variationNanos;
  }

  private long variation() {
    if (variationNanos == 0) {
      return 0;
    }
    double exponential = -Math.log(1 - random.nextDouble());
    return (long) (variationNanos * Math.min(VARIATION_MAX, exponential));
  }

  private Fate refuse(Conditions now, long nowNanos, LabReply reply) {
    LabPath path = now.path(0);
    if (path.steps() == 0) {
      return Fate.UNROUTABLE;
    }
    depart();
    int gateway = pass(now, path, 0);
    delayNanos += path.rttNanos(0);
    Reason reason = probe.ttl() == 1 ? Reason.TIME_EXCEEDED : Reason.NO_ROUTE;
    Fate fate = error(reason, gateway, 0, nowNanos, reply);
    return fate == Fate.ANSWERED ? fate : Fate.UNROUTABLE;
  }

  private Fate error(Reason reason, int number, int step, long nowNanos, LabReply reply) {
    Node node = topology.node(number);
    LabIcmpError error = node.error(reason, probe.isIpv4());
    if (!probe.mayBeAnsweredByError()) {
      return Fate.IGNORED;
    }
    if (node.silent || error == null) {
      return Fate.SILENT;
    }
    if (!node.mayAnswer(nowNanos)) {
      return Fate.RATE_LIMITED;
    }
    reply.from(error.responder().high(), error.responder().low());
    return written(reply, errorAbout(error, probe.ttl() - step, ROUTER_TTL - step, reply));
  }

  private Fate deliver(
      LabEndpoint endpoint, int address, int steps, Conditions now, LabReply reply) {
    if (!probe.transportChecksumHolds()) {
      return Fate.MALFORMED;
    }
    return switch (probe.protocol()) {
      case Probe.ICMP, Probe.ICMPV6 -> echo(endpoint, steps, reply);
      case Probe.UDP -> datagram(endpoint, address, steps, now, reply);
      case Probe.TCP -> segment(endpoint, steps, reply);
      default -> Fate.IGNORED;
    };
  }

  private Fate echo(LabEndpoint endpoint, int steps, LabReply reply) {
    if (!probe.isEchoRequest()) {
      return Fate.IGNORED;
    }
    return endpoint.icmp
        ? written(reply, writer.echoReply(reply.packet.bytes(), probe, HOST_TTL - steps))
        : Fate.SILENT;
  }

  private Fate datagram(
      LabEndpoint endpoint, int address, int steps, Conditions now, LabReply reply) {
    if (endpoint.namesServed && probe.targetPort() == NAME_PORT) {
      return nameAnswer(now, reply);
    }
    if (!endpoint.udp) {
      return Fate.SILENT;
    }
    LabIcmpError error = topology.portUnreachable(address);
    return written(reply, errorAbout(error, probe.ttl() - steps, HOST_TTL - steps, reply));
  }

  private Fate nameAnswer(Conditions now, LabReply reply) {
    int offset = probe.payloadOffset();
    @Nullable LabNameQuery query =
        LabNameQuery.read(probe.bytes(), offset, probe.totalBytes() - offset).orElse(null);
    if (query == null) {
      return Fate.MALFORMED;
    }
    byte[] answer = names.answer(query, now);
    return written(
        reply, writer.datagram(reply.packet.bytes(), probe, HOST_TTL, answer, answer.length));
  }

  private Fate segment(LabEndpoint endpoint, int steps, LabReply reply) {
    boolean open = endpoint.accepts(probe.targetPort());
    if (!open && !endpoint.resets) {
      return Fate.SILENT;
    }
    return written(reply, writer.tcpAnswer(reply.packet.bytes(), probe, HOST_TTL - steps, open));
  }

  private int errorAbout(LabIcmpError error, int quotedTtl, int ttl, LabReply reply) {
    return writer.error(reply.packet.bytes(), probe, error, quotedTtl, ttl);
  }

  private static Fate written(LabReply reply, int length) {
    reply.length = length;
    return length > 0 ? Fate.ANSWERED : Fate.IGNORED;
  }
}
