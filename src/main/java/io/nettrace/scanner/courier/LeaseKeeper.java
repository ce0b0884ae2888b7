package io.nettrace.scanner.courier;

import io.nettrace.scanner.Hello;
import io.nettrace.scanner.Lease;
import io.nettrace.scanner.Renewal;
import io.nettrace.scanner.Renewed;
import io.nettrace.scanner.spool.Spool;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Renews the lease every few seconds, on a thread of its own so that a slow delivery costs no
 * lease. When the scanner stops it gives its slices back, so that nobody has to wait for their end.
 */
final class LeaseKeeper implements AutoCloseable {
  /** Several renewals may fail before the shortest lease is over. */
  static final Duration RENEW_EVERY = Duration.ofSeconds(4);

  private static final Logger LOG = Logger.getLogger(LeaseKeeper.class.getName());
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final ControlPlane controlPlane;
  private final Hello hello;
  private final Spool spool;
  private final Orders orders;
  private final News news;
  private final Thread thread = Thread.ofPlatform().name("lease").daemon().unstarted(this::run);
  private Optional<Lease> obeyed = Optional.empty();
  private volatile boolean closed;

  /** What a renewal's answer says besides the lease. */
  interface News {
    void heard(long assignmentRevision, List<String> traceNow);
  }

  LeaseKeeper(ControlPlane controlPlane, Hello hello, Spool spool, Orders orders, News news) {
    this.controlPlane = controlPlane;
    this.hello = hello;
    this.spool = spool;
    this.orders = orders;
    this.news = news;
  }

  void start() {
    thread.start();
  }

  /** A lease from an introduction or a renewal; one that is older than what is obeyed is late. */
  synchronized void obey(Lease lease, long askedNanos) {
    if (closed || obeyed.stream().anyMatch(known -> known.number() > lease.number())) {
      return;
    }
    obeyed = Optional.of(lease);
    orders.leased(lease, askedNanos, System.nanoTime());
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(RETRY.toMillis());
      Optional<Lease> held = held();
      if (held.isPresent()) {
        var _ = controlPlane.renew(renewal(held.get(), true));
      }
    } catch (IOException e) {
      LOG.log(Level.FINE, "The lease could not be given back: {0}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Optional<Lease> held() {
    return obeyed;
  }

  private void run() {
    while (!closed) {
      try {
        Duration wait = held().isPresent() && renew() ? RENEW_EVERY : RETRY;
        Thread.sleep((long) (wait.toMillis() * ThreadLocalRandom.current().nextDouble(0.75, 1.0)));
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private boolean renew() throws InterruptedException {
    try {
      Lease lease = held().orElseThrow();
      long asked = System.nanoTime();
      Renewed renewed = controlPlane.renew(renewal(lease, false));
      obey(renewed.lease(), asked);
      news.heard(renewed.assignmentRevision(), renewed.traceNow());
      return true;
    } catch (RefusedException e) {
      if (e.isUnwelcome()) {
        news.heard(Long.MAX_VALUE, List.of());
      }
      LOG.log(Level.FINE, "The lease was not renewed: {0}", e.getMessage());
      return false;
    } catch (IOException e) {
      LOG.log(Level.FINE, "The lease was not renewed: {0}", e.getMessage());
      return false;
    }
  }

  private Renewal renewal(Lease lease, boolean leaving) {
    return new Renewal(
        hello.vantagePoint(),
        hello.simulated(),
        hello.instance(),
        hello.spool(),
        lease.number(),
        leaving,
        spool.state());
  }
}
