package io.nettrace.desk;

import io.nettrace.platform.Service;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Turns of each tenant at reading the record, so that one that asks for much leaves the database's
 * connections to the others. A read that finds all turns taken waits, in order; one that finds a
 * long queue is denied. Answers from memory do not pass here.
 */
@Service
public class RecordReads {
  /** How many wait for each one that reads. */
  private static final int WAITING_PER_TURN = 8;

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final int atOnce;
  private final Map<UUID, Lane> lanes = new ConcurrentHashMap<>();

  /** A tenant's turns, and how many have or want one; it is there as long as there are any. */
  private record Lane(Semaphore turns, int callers) {
    Lane callers(int change) {
      return new Lane(turns, callers + change);
    }
  }

  /** A turn that is taken; closing gives it back. */
  @FunctionalInterface
  public interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  @Inject
  RecordReads(DeskConfig config) {
    this(config.readsPerTenant());
  }

  public RecordReads(int atOnce) {
    this.atOnce = atOnce;
  }

  /** Does the work in one of the caller's turns; a turn must not be taken within another. */
  public <T> T read(Caller caller, Supplier<T> work) {
    return read(caller.tenant().id(), work);
  }

  /** A turn of the caller's, to be given back; a turn must not be taken within another. */
  public Turn take(Caller caller) {
    return take(caller.tenant().id());
  }

  <T> T read(UUID tenantId, Supplier<T> work) {
    try (Turn _ = take(tenantId)) {
      return work.get();
    }
  }

  private Turn take(UUID tenantId) {
    Semaphore turns = enter(tenantId);
    try {
      await(turns);
    } catch (DeniedException e) {
      leave(tenantId);
      throw e;
    }
    return () -> {
      turns.release();
      leave(tenantId);
    };
  }

  private Semaphore enter(UUID tenantId) {
    return lanes
        .compute(
            tenantId,
            (_, lane) -> {
              if (lane == null) {
                return new Lane(new Semaphore(atOnce, true), 1);
              }
              if (lane.callers() >= atOnce * (1 + WAITING_PER_TURN)) {
                throw new DeniedException(new Decision.TooManyReads(atOnce));
              }
              return lane.callers(1);
            })
        .turns();
  }

  private void leave(UUID tenantId) {
    lanes.computeIfPresent(tenantId, (_, lane) -> lane.callers() == 1 ? null : lane.callers(-1));
  }

  private void await(Semaphore turns) {
    try {
      if (!turns.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new DeniedException(new Decision.TooManyReads(atOnce));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeniedException(new Decision.TooManyReads(atOnce));
    }
  }

  /** Tenants that read now. */
  int lanes() {
    return lanes.size();
  }

  /** How many of a tenant's reads run or wait. */
  int callers(UUID tenantId) {
    Lane lane = lanes.get(tenantId);
    return lane == null ? 0 : lane.callers();
  }
}
