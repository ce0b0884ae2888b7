package io.nettrace.edge.health;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reading of the database that all gauges of one scrape share; a failed one is not kept. */
final class Reading<T> implements Supplier<T> {
  private static final long GOOD_FOR_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Supplier<T> read;
  private final LongSupplier nanoTime;
  private @Nullable Taken<T> last;

  private record Taken<T>(T value, long nanos) {}

  Reading(Supplier<T> read) {
    this(read, System::nanoTime);
  }

  Reading(Supplier<T> read, LongSupplier nanoTime) {
    this.read = read;
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized T get() {
    long now = nanoTime.getAsLong();
    Taken<T> known = last;
    if (known == null || now - known.nanos() > GOOD_FOR_NANOS) {
      known = new Taken<>(read.get(), now);
      last = known;
    }
    return known.value();
  }
}
