package io.nettrace.scanner.courier;

import io.nettrace.platform.log.SampledLog;
import io.nettrace.scanner.Acknowledgement;
import io.nettrace.scanner.Assignment;
import io.nettrace.scanner.Hello;
import io.nettrace.scanner.spool.Spool;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Carries the spool to the control plane, oldest delivery first, on one thread; another one keeps
 * the lease. Life: introduce until heard, then deliver; ask again when the assignment has a newer
 * revision; wait longer and longer, up to a bound, while nobody answers.
 */
public final class Courier implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Courier.class.getName());
  private static final Duration FIRST_WAIT = Duration.ofMillis(250);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final Duration IDLE_WAIT = Duration.ofSeconds(5);

  private static final Duration ONE_LINE_IN = Duration.ofMinutes(1);

  private final SampledLog silent =
      new SampledLog(
          System.getLogger(Courier.class.getName()),
          System.Logger.Level.WARNING,
          ONE_LINE_IN,
          Clock.systemUTC());
  private final ControlPlane controlPlane;
  private final Hello hello;
  private final Spool spool;
  private final Orders orders;
  private final Thread thread = Thread.ofPlatform().name("courier").unstarted(this::run);
  private volatile boolean closed;
  private volatile long heardNanos = System.nanoTime();
  private final LeaseKeeper keeper;
  private volatile Optional<Assignment> assignment = Optional.empty();
  private Duration wait = FIRST_WAIT;

  private Courier(ControlPlane controlPlane, Hello hello, Spool spool, Orders orders) {
    this.controlPlane = controlPlane;
    this.hello = hello;
    this.spool = spool;
    this.orders = orders;
    this.keeper = new LeaseKeeper(controlPlane, hello, spool, orders, this::heard);
  }

  public static Courier start(URI root, Path tokenFile, Hello hello, Spool spool, Orders orders) {
    Courier courier = new Courier(new ControlPlane(root, tokenFile), hello, spool, orders);
    courier.thread.start();
    courier.keeper.start();
    return courier;
  }

  /** How long the control plane has not answered. */
  public Duration silence() {
    return Duration.ofNanos(System.nanoTime() - heardNanos);
  }

  @Override
  public void close() {
    closed = true;
    keeper.close();
    thread.interrupt();
    controlPlane.close();
  }

  private void run() {
    while (!closed) {
      try {
        step();
        heardNanos = System.nanoTime();
        wait = FIRST_WAIT;
      } catch (RefusedException e) {
        heardNanos = System.nanoTime();
        pause(e, e.retryAfter());
      } catch (IOException e) {
        pause(e, Optional.empty());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void step() throws IOException, InterruptedException {
    if (assignment.isEmpty()) {
      introduce();
      return;
    }
    Optional<Spool.Sealed> next = spool.oldest();
    if (next.isPresent()) {
      deliver(next.get());
    } else {
      spool.awaitSealed(IDLE_WAIT);
    }
  }

  private void introduce() throws IOException, InterruptedException {
    Hello now = hello.with(spool.state());
    long asked = System.nanoTime();
    Assignment received = controlPlane.introduce(now);
    keeper.obey(received.lease(), asked);
    orders.assigned(received);
    assignment = Optional.of(received);
  }

  private void deliver(Spool.Sealed sealed) throws IOException, InterruptedException {
    try {
      Acknowledgement received = controlPlane.deliver(sealed.content());
      if (!received.spool().equals(sealed.spool()) || received.sequence() != sealed.sequence()) {
        throw new IOException("another delivery was acknowledged than the one sent");
      }
      spool.acknowledged(sealed);
      heard(received.assignmentRevision(), received.traceNow());
    } catch (RefusedException e) {
      if (!e.isFinal()) {
        throw e;
      }
      LOG.log(
          Level.WARNING,
          "{0}: delivery {1} is set aside",
          new Object[] {e.getMessage(), sealed.spool() + "/" + sealed.sequence()});
      spool.refused(sealed);
    }
  }

  private void heard(long newestRevision, List<String> traceNow) {
    if (!traceNow.isEmpty()) {
      orders.traceNow(traceNow);
    }
    if (assignment.stream().anyMatch(a -> a.revision() < newestRevision)) {
      assignment = Optional.empty();
    }
  }

  private void pause(IOException why, Optional<Duration> asked) {
    Duration pause = asked.orElse(wait);
    if (wait.compareTo(LONGEST_WAIT) >= 0) {
      silent.log(
          "silent",
          "The control plane is not to be had (%s); %d deliveries wait"
              .formatted(why.getMessage(), spool.size()));
    }
    Duration doubled = wait.multipliedBy(2);
    wait = doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
    long jittered = (long) (pause.toMillis() * ThreadLocalRandom.current().nextDouble(0.75, 1.25));
    try {
      Thread.sleep(jittered);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
