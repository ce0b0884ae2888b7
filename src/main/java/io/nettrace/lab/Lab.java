package io.nettrace.lab;

import io.nettrace.lab.engine.DelayLog;
import io.nettrace.lab.engine.EngineSettings;
import io.nettrace.lab.engine.LabEngine;
import io.nettrace.lab.engine.LabStatistics;
import io.nettrace.lab.scenario.LabEvent;
import io.nettrace.lab.scenario.Scenario;
import io.nettrace.lab.scenario.ScheduledEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A running simulated internet. Its life: {@link #start} makes a network namespace on a thread of
 * its own, opens the device there, and returns once packets are answered and the programme has
 * begun; {@link #close} ends both, and the namespace with them.
 */
public final class Lab implements AutoCloseable {
  private static final int NAME_PORT = 53;

  private final Scenario scenario;
  private final LabEngine engine;
  private final LabThread thread;
  private final ProgrammePlayer player;

  private Lab(Scenario scenario, LabEngine engine, LabThread thread) {
    this.scenario = scenario;
    this.engine = engine;
    this.thread = thread;
    this.player = new ProgrammePlayer(engine, scenario.programme());
  }

  /** Starts the scenario; the message of a failure says what is missing. */
  public static Lab start(Scenario scenario) throws IOException {
    return start(scenario, EngineSettings.DEFAULT);
  }

  public static Lab start(Scenario scenario, EngineSettings settings) throws IOException {
    Optional<String> reason = unavailable();
    if (reason.isPresent()) {
      throw new IOException("the lab cannot run here: " + reason.get());
    }
    LabEngine engine = new LabEngine(scenario, settings);
    Lab lab = new Lab(scenario, engine, LabThread.start(scenario.vantage(), engine, settings));
    lab.player.play();
    return lab;
  }

  /** Why a lab cannot run in this process; empty when it can. */
  public static Optional<String> unavailable() {
    return Requirements.missing();
  }

  public Scenario scenario() {
    return scenario;
  }

  /** The namespace in which the simulated internet is seen; enter it before opening sockets. */
  public Path namespace() {
    return thread.namespace();
  }

  /** Where names are resolved, inside the namespace. */
  public InetSocketAddress nameserver() {
    return new InetSocketAddress(scenario.vantage().nameservers().getFirst(), NAME_PORT);
  }

  /** Lets the event happen now, with effect until something else happens there. */
  public void fire(LabEvent event) {
    engine.fire(event);
  }

  /** Lets the event happen now and ends its effect after {@code duration}. */
  public void fire(LabEvent event, Duration duration) {
    engine.fire(event);
    player.undoAfter(event, duration);
  }

  /** Lets the event happen {@code at} its time from now; refuses unknown things at once. */
  public void schedule(ScheduledEvent event) {
    engine.check(event.event());
    player.schedule(event);
  }

  /** The true delays. */
  public DelayLog log() {
    return engine.log();
  }

  public LabStatistics statistics() {
    return engine.statistics();
  }

  @Override
  public void close() {
    player.close();
    thread.close();
  }
}
