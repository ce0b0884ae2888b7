package io.nettrace.lab;

import io.nettrace.lab.engine.EngineSettings;
import io.nettrace.lab.engine.LabEngine;
import io.nettrace.lab.scenario.Vantage;
import io.nettrace.posix.NetworkInterface;
import io.nettrace.posix.NetworkNamespace;
import io.nettrace.posix.PosixException;
import io.nettrace.posix.TimerSlack;
import io.nettrace.posix.Tun;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread whose network namespace holds the lab, and which carries the lab's packets. */
final class LabThread implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LabThread.class);
  private static final String DEVICE_NAME = "lab0";
  private static final Path PING_GROUPS = Path.of("/proc/sys/net/ipv4/ping_group_range");

  private final LabEngine engine;
  private final Thread thread;
  private final Path namespace;

  private LabThread(LabEngine engine, Thread thread, Path namespace) {
    this.engine = engine;
    this.thread = thread;
    this.namespace = namespace;
  }

  static LabThread start(Vantage vantage, LabEngine engine, EngineSettings settings)
      throws IOException {
    var ready = new CompletableFuture<Path>();
    Thread thread =
        Thread.ofPlatform()
            .name("lab")
            .daemon()
            .start(() -> live(vantage, engine, settings, ready));
    return new LabThread(engine, thread, await(ready));
  }

  Path namespace() {
    return namespace;
  }

  @Override
  public void close() {
    engine.stop();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void live(
      Vantage vantage, LabEngine engine, EngineSettings settings, CompletableFuture<Path> ready) {
    try {
      NetworkNamespace.unshare();
      try (Tun tun = Tun.open(DEVICE_NAME)) {
        configure(vantage, settings);
        TimerSlack.set(1);
        ready.complete(NetworkNamespace.ofThisThread());
        engine.run(tun);
      }
    } catch (IOException | RuntimeException e) {
      if (!ready.completeExceptionally(e)) {
        LOG.error("the lab's network has stopped", e);
      }
    }
  }

  private static void configure(Vantage vantage, EngineSettings settings) throws IOException {
    NetworkInterface.named("lo").up();
    NetworkInterface device = NetworkInterface.named(DEVICE_NAME);
    device.queueLength(settings.deviceQueue());
    for (InetAddress address : vantage.addresses()) {
      device.address(address, 8 * address.getAddress().length);
    }
    device.up();
    for (InetAddress address : vantage.addresses()) {
      if (address instanceof Inet4Address) {
        device.defaultRoute4();
      } else {
        device.defaultRoute6();
      }
    }
    allowPingSockets();
  }

  /** Lets every user of the namespace open ICMP datagram sockets, as distributions do. */
  private static void allowPingSockets() {
    try {
      Files.writeString(PING_GROUPS, "0 2147483647");
    } catch (IOException _) {
      tryOwnGroup();
    }
  }

  private static void tryOwnGroup() {
    try {
      Files.writeString(PING_GROUPS, "0 0"); // a user namespace that maps one group only
    } catch (IOException e) {
      LOG.info("ping sockets stay closed in the lab: {}", e.getMessage());
    }
  }

  private static Path await(CompletableFuture<Path> ready) throws IOException {
    try {
      return ready.get();
    } catch (ExecutionException e) {
      @Nullable Throwable cause = e.getCause();
      if (cause instanceof PosixException posix) {
        throw new IOException("the lab could not start: " + posix.getMessage(), posix);
      }
      throw new IOException("the lab could not start", cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the lab was starting", e);
    }
  }
}
