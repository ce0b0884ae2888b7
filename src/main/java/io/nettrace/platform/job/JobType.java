package io.nettrace.platform.job;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * A kind of job and its bounds.
 *
 * @param name noun and verb, such as {@code mail.send}: it stands in the database
 * @param data the record that a handler is told, written as plain JSON
 * @param mostAttempts after so many that failed a job is dead
 * @param firstPause after the first failure; it doubles with each further one
 * @param mostPerTenant of one tenant's jobs so many run at once, on all nodes together
 * @param mostPerNode so many run at once on one node
 * @param priority of jobs that are due the higher goes first; of equals the one due longest
 */
public record JobType<D>(
    String name,
    Class<D> data,
    int mostAttempts,
    Duration firstPause,
    Duration longestPause,
    int mostPerTenant,
    int mostPerNode,
    int priority) {
  private static final int MOST_ATTEMPTS = 10;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final int MOST_PER_TENANT = 2;

  /** So much of a pause is up to chance, so that what failed together is not tried together. */
  private static final double JITTER = 0.2;

  public JobType {
    if (!name.matches("[a-z][a-z-]*\\.[a-z][a-z-]*")) {
      throw new IllegalArgumentException("not the name of a type of jobs: " + name);
    }
    if (mostAttempts < 1 || mostPerTenant < 1 || mostPerNode < 1) {
      throw new IllegalArgumentException("nothing of " + name + " could run");
    }
  }

  /** A type with the usual bounds: ten attempts within some hours, two at once per tenant. */
  public static <D> JobType<D> of(String name, Class<D> data) {
    return new JobType<>(
        name,
        data,
        MOST_ATTEMPTS,
        FIRST_PAUSE,
        LONGEST_PAUSE,
        MOST_PER_TENANT,
        Integer.MAX_VALUE,
        0);
  }

  public JobType<D> attempts(int most, Duration first, Duration longest) {
    return new JobType<>(name, data, most, first, longest, mostPerTenant, mostPerNode, priority);
  }

  public JobType<D> perTenant(int most) {
    return new JobType<>(
        name, data, mostAttempts, firstPause, longestPause, most, mostPerNode, priority);
  }

  /** For jobs that take long: others keep the rest of a node's threads. */
  public JobType<D> perNode(int most) {
    return new JobType<>(
        name, data, mostAttempts, firstPause, longestPause, mostPerTenant, most, priority);
  }

  public JobType<D> priority(int rank) {
    return new JobType<>(
        name, data, mostAttempts, firstPause, longestPause, mostPerTenant, mostPerNode, rank);
  }

  /** How long to wait after the attempt that failed, counted from 1. */
  Duration pauseAfter(int attempt, RandomGenerator random) {
    double doubled = firstPause.toMillis() * Math.pow(2, attempt - 1.0);
    return pause(doubled, random);
  }

  /** How long to wait for a database that has been away for so long: it doubles as well. */
  Duration pauseWhileAway(Duration away, RandomGenerator random) {
    return pause((double) Math.max(firstPause.toMillis(), away.toMillis()), random);
  }

  private Duration pause(double millis, RandomGenerator random) {
    double bounded = Math.min(millis, (double) longestPause.toMillis());
    return Duration.ofMillis(Math.round(bounded * (1 - JITTER * random.nextDouble())));
  }

  boolean takesTurns() {
    return mostPerNode < Jobs.THREADS;
  }
}
