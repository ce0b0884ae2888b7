package io.nettrace.prober;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How names are resolved.
 *
 * @param nameserver empty: those of the system's configuration
 * @param netns network namespace in which queries are sent; empty: that of the process
 * @param timeout of one query, 2 s by default, 100 ms–30 s; each nameserver is asked twice
 * @param threads names that are resolved at once, 8 by default, 1–64
 */
public record ResolverConfig(
    Optional<InetSocketAddress> nameserver, Optional<Path> netns, Duration timeout, int threads) {
  public ResolverConfig {
    Bounds.between("duration", Duration.ofMillis(100), Duration.ofSeconds(30), "timeout", timeout);
    Bounds.between("threads", threads, 1, 64);
  }

  public static ResolverConfig defaults() {
    return new ResolverConfig(Optional.empty(), Optional.empty(), Duration.ofSeconds(2), 8);
  }

  public ResolverConfig withNameserver(InetSocketAddress newNameserver) {
    return new ResolverConfig(Optional.of(newNameserver), netns, timeout, threads);
  }

  public ResolverConfig withNetns(Path newNetns) {
    return new ResolverConfig(nameserver, Optional.of(newNetns), timeout, threads);
  }
}
