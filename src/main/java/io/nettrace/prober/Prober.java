package io.nettrace.prober;

import io.nettrace.metric.Burst;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Trace;
import io.nettrace.posix.NetworkNamespace;
import io.nettrace.prober.net.ProbeModes;
import io.nettrace.prober.strategy.Engine;
import io.nettrace.prober.strategy.Network;
import io.nettrace.prober.strategy.PathReport;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Takes traces and bursts, many at once, on a thread of its own. Its sockets belong to the network
 * namespace of {@link ProberConfig#netns()}. Any thread may ask; results come on another thread
 * than the one that probes, so that a slow listener delays no packet.
 */
public final class Prober implements AutoCloseable {
  private final ProbeMode mode;
  private final String modeReason;
  private final Engine engine;
  private final Network network;
  private final Thread thread;
  private final ExecutorService results;
  private volatile boolean closing;

  private Prober(ProberConfig config, CompletableFuture<ProbeModes.Choice> opening)
      throws IOException {
    results =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("prober-results").factory());
    CompletableFuture<Engine> started = new CompletableFuture<>();
    thread = Thread.ofPlatform().daemon().name("prober").start(() -> run(config, opening, started));
    ProbeModes.Choice choice = opened(opening);
    network = choice.network();
    mode = network.mode();
    modeReason = choice.reason();
    engine = started.join();
  }

  /**
   * Starts a prober in the best mode that is allowed, or in the forced one.
   *
   * @throws IOException when the forced mode is not allowed, or the namespace cannot be entered
   */
  public static Prober open(ProberConfig config) throws IOException {
    return new Prober(config, new CompletableFuture<>());
  }

  public ProbeMode mode() {
    return mode;
  }

  /** Why it is in this mode, in words for an operator. */
  public String modeReason() {
    return modeReason;
  }

  public CompletableFuture<Trace> trace(TraceSpec spec) {
    return engine.trace(
        spec.endpoint().address(),
        spec.endpoint().port(),
        spec.protocol(),
        spec.spread().toNanos(),
        spec.extraFlows());
  }

  /** A trace, and how many probes each hop took. */
  public CompletableFuture<PathReport> traceReport(TraceSpec spec) {
    return engine.traceReport(
        spec.endpoint().address(),
        spec.endpoint().port(),
        spec.protocol(),
        spec.spread().toNanos(),
        spec.extraFlows());
  }

  /** Also tells why probes were lost, where that is known. */
  public CompletableFuture<Burst> burst(BurstSpec spec) {
    return engine.burst(
        spec.endpoint().address(),
        spec.endpoint().port(),
        spec.protocol(),
        spec.packets(),
        spec.spread().toNanos());
  }

  public ProberStatistics statistics() {
    return ProberStatistics.of(engine.counters());
  }

  /** Ends what is under way exceptionally, and closes the sockets. */
  @Override
  public void close() {
    closing = true;
    network.wakeUp();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    results.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(
      ProberConfig config,
      CompletableFuture<ProbeModes.Choice> opening,
      CompletableFuture<Engine> started) {
    ProbeModes.Choice choice;
    try {
      if (config.netns().isPresent()) {
        NetworkNamespace.enter(config.netns().get());
      }
      choice = ProbeModes.open(config.mode());
    } catch (IOException | RuntimeException e) {
      opening.completeExceptionally(e);
      return;
    }
    Engine own = new Engine(choice.network(), config.rules(), results, Clock.systemUTC());
    started.complete(own);
    opening.complete(choice);
    try {
      while (!closing) {
        own.turn();
      }
    } finally {
      own.close();
      choice.network().close();
    }
  }

  private ProbeModes.Choice opened(CompletableFuture<ProbeModes.Choice> opening)
      throws IOException {
    try {
      return opening.join();
    } catch (CompletionException e) {
      results.close();
      if (e.getCause() instanceof IOException io) {
        throw new IOException(io.getMessage(), io);
      }
      throw e;
    }
  }
}
