package io.nettrace.scanner.cycle;

import io.nettrace.metric.AnswerSet;
import io.nettrace.metric.Burst;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.Trace;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** What the cycle asks of the network; the prober in the program, a script in tests. */
public interface Measuring {
  /**
   * The host's addresses; within their time to live the same answer again. Fails with {@link
   * java.net.UnknownHostException} when the name service says that there are none, and otherwise
   * when it said nothing.
   */
  CompletableFuture<AnswerSet> resolve(String host);

  CompletableFuture<Burst> burst(
      InetAddress address, int port, Protocol method, int packets, Duration spread);

  /** A trace; {@code extraFlows} further flows look for balanced hops. */
  CompletableFuture<Trace> trace(
      InetAddress address, int port, Protocol method, Duration spread, int extraFlows);
}
