package io.nettrace.scanner.cli;

import io.nettrace.lab.Lab;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The addresses of this machine and of the control plane, which no tenant has us probe. Looked up
 * anew now and then; while that fails, what was known before counts.
 */
final class OwnAddresses implements Supplier<Set<InetAddress>> {
  private static final Logger LOG = Logger.getLogger(OwnAddresses.class.getName());
  private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

  private final String controlPlane;
  private final List<InetAddress> lab;
  private final AtomicLong lookedNanos = new AtomicLong();
  private volatile Set<InetAddress> known;

  OwnAddresses(URI controlPlane, Optional<Lab> lab) {
    this.controlPlane = Optional.ofNullable(controlPlane.getHost()).orElse("");
    this.lab = lab.map(running -> running.scenario().vantage().addresses()).orElse(List.of());
    this.known = Set.copyOf(this.lab);
    look();
  }

  @Override
  public Set<InetAddress> get() {
    long then = lookedNanos.get();
    long now = System.nanoTime();
    if (now - then > LOOK_EVERY.toNanos() && lookedNanos.compareAndSet(then, now)) {
      Thread.startVirtualThread(this::look); // a name service may be slow
    }
    return known;
  }

  private void look() {
    lookedNanos.set(System.nanoTime());
    Set<InetAddress> found = new HashSet<>(lab);
    try {
      NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .forEach(found::add);
      found.addAll(List.of(InetAddress.getAllByName(controlPlane)));
    } catch (IOException e) {
      LOG.log(Level.FINE, "our own addresses could not be looked up: {0}", e.toString());
      found.addAll(known);
    }
    known = Set.copyOf(found);
  }
}
