package io.nettrace.scanner.cycle;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A scheduler whose clock stands still until the test moves it; runs on the test's thread. */
final class ManualScheduler extends AbstractExecutorService implements ScheduledExecutorService {
  private final Queue<Runnable> ready = new ArrayDeque<>();
  private final PriorityQueue<Task> due =
      new PriorityQueue<>(
          Comparator.<Task>comparingLong(t -> t.atNanos).thenComparingLong(t -> t.order));
  private long nowNanos;
  private long orders;
  private boolean shutdown;

  long nanos() {
    return nowNanos;
  }

  void advance(Duration by) {
    long until = nowNanos + by.toNanos();
    runReady();
    while (!due.isEmpty() && due.peek().atNanos <= until) {
      Task task = due.poll();
      nowNanos = task.atNanos;
      task.fire();
      runReady();
    }
    nowNanos = until;
  }

  private void runReady() {
    for (Runnable next = ready.poll(); next != null; next = ready.poll()) {
      next.run();
    }
  }

  @Override
  public void execute(Runnable command) {
    ready.add(command);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return add(new Task(command, nowNanos + unit.toNanos(delay), 0, orders++));
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    return add(
        new Task(command, nowNanos + unit.toNanos(initialDelay), unit.toNanos(period), orders++));
  }

  private Task add(Task task) {
    due.add(task);
    return task;
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void shutdown() {
    shutdown = true;
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutdown = true;
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return shutdown;
  }

  @Override
  public boolean isTerminated() {
    return shutdown;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return shutdown;
  }

  private final class Task extends FutureTask<Void> implements ScheduledFuture<Void> {
    private final long periodNanos;
    private final long order;
    private long atNanos;

    Task(Runnable command, long atNanos, long periodNanos, long order) {
      super(command, null);
      this.atNanos = atNanos;
      this.periodNanos = periodNanos;
      this.order = order;
    }

    void fire() {
      if (periodNanos == 0) {
        run();
      } else if (runAndReset()) {
        atNanos += periodNanos;
        due.add(this);
      }
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(atNanos - nowNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
