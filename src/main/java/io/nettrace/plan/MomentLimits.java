package io.nettrace.plan;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.BucketListener;
import io.github.bucket4j.MathType;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import io.github.bucket4j.local.ThreadUnsafeBucket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The limits of a moment that one node holds a tenant of some plan to: the plan's, shared among the
 * living nodes. All tenants of the plan share the one object, until either changes.
 */
final class MomentLimits {
  private final Plan plan;
  private final int nodes;
  private final int capacity;
  private final BucketConfiguration configuration;

  MomentLimits(Plan plan, int nodes) {
    this.plan = plan;
    this.nodes = nodes;
    this.capacity = Math.max(1, plan.burst() / nodes);
    Bandwidth limit =
        Bandwidth.builder()
            .capacity(capacity)
            // the nodes' share of a rate need not be a whole number: so many in that many seconds
            .refillGreedy(plan.requestsPerSecond(), Duration.ofSeconds(nodes))
            .build();
    configuration = new BucketConfiguration(List.of(limit));
  }

  Plan plan() {
    return plan;
  }

  boolean isFor(Plan other, int alive) {
    return nodes == alive && plan.equals(other);
  }

  /** Calls that may come at once after a pause. */
  int capacity() {
    return capacity;
  }

  /** Whole seconds in which a caller may make as many calls as {@link #capacity} for ever. */
  long refillSeconds() {
    return Math.ceilDiv((long) capacity * nodes, plan.requestsPerSecond());
  }

  int atOnce() {
    return Math.max(1, plan.concurrentRequests() / nodes);
  }

  /** Guarded by its owner's lock. */
  Bucket bucket(TimeMeter time) {
    return new ThreadUnsafeBucket(
        configuration, MathType.INTEGER_64_BITS, time, BucketListener.NOPE);
  }

  /** Who had spent its burst under the old limits has spent it under the new ones. */
  void applyTo(Bucket bucket) {
    bucket.replaceConfiguration(configuration, TokensInheritanceStrategy.PROPORTIONALLY);
  }

  static long waitMillis(Bucket bucket) {
    long nanos = bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
  }
}
