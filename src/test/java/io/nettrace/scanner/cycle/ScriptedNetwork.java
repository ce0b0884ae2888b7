package io.nettrace.scanner.cycle;

import io.nettrace.metric.AnswerSet;
import io.nettrace.metric.Burst;
import io.nettrace.metric.Hop;
import io.nettrace.metric.HopReply;
import io.nettrace.metric.HopState;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.ProbeOutcome;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.Trace;
import io.nettrace.metric.TraceEnd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A network that answers at once, as the test says, and keeps a list of what was asked. */
final class ScriptedNetwork implements Measuring {
  static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  final List<String> asked = new ArrayList<>();
  final List<Duration> burstSpreads = new ArrayList<>();
  final List<String> resolved = new ArrayList<>();
  final Set<Protocol> deafTo = EnumSet.noneOf(Protocol.class);
  List<InetAddress> addresses = List.of(InetAddress.ofLiteral("198.18.0.1"));
  Duration delay = Duration.ofMillis(20);
  boolean resolvable = true;
  boolean nameServerAnswers = true;
  String nameServerFailure = "the name server did not answer";
  Instant resolvedAt = NOW;

  /** How names begin of which no name server says anything. */
  final Set<String> unanswered = new HashSet<>();

  /** Names of literal addresses of which no probe is answered; the address is that of the name. */
  final Set<String> deafHosts = new HashSet<>();

  @Override
  public CompletableFuture<AnswerSet> resolve(String host) {
    resolved.add(host);
    if (!nameServerAnswers || unanswered.stream().anyMatch(host::startsWith)) {
      return CompletableFuture.failedFuture(new IOException(nameServerFailure));
    }
    return resolvable
        ? CompletableFuture.completedFuture(
            new AnswerSet(host, resolvedAt, addressesOf(host), Duration.ofSeconds(60)))
        : CompletableFuture.failedFuture(new UnknownHostException("NXDOMAIN"));
  }

  private List<InetAddress> addressesOf(String host) {
    return host.matches("[0-9.]+") ? List.of(InetAddress.ofLiteral(host)) : addresses;
  }

  @Override
  public CompletableFuture<Burst> burst(
      InetAddress address, int port, Protocol method, int packets, Duration spread) {
    burstSpreads.add(spread);
    asked.add("burst " + method + " " + address.getHostAddress());
    List<ProbeOutcome> outcomes = new ArrayList<>();
    for (int i = 0; i < packets; i++) {
      outcomes.add(
          deafTo.contains(method) || deafHosts.contains(address.getHostAddress())
              ? new ProbeOutcome.TimedOut()
              : new ProbeOutcome.Replied(address, delay.toNanos() + i));
    }
    return CompletableFuture.completedFuture(
        Burst.of(NOW, address, method, ProbeMode.RAW, outcomes));
  }

  @Override
  public CompletableFuture<Trace> trace(
      InetAddress address, int port, Protocol method, Duration spread, int extraFlows) {
    asked.add("trace " + method + " " + address.getHostAddress());
    Hop target =
        new Hop(
            1, HopState.DESTINATION, List.of(new HopReply(address, delay.toNanos(), List.of())));
    return CompletableFuture.completedFuture(
        new Trace(
            NOW, address, method, ProbeMode.RAW, List.of(target), TraceEnd.DESTINATION_REACHED));
  }
}
