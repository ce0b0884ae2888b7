package io.nettrace.prober;

import io.nettrace.metric.ProbeMode;
import io.nettrace.prober.strategy.EngineBounds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the prober works. Start from {@link #defaults()} and change what you need.
 *
 * <table>
 * <caption>Defaults and bounds</caption>
 * <tr><td>packetsPerSecond</td><td>1,000</td><td>1–100,000</td><td>over all targets</td></tr>
 * <tr><td>maxTtl</td><td>32</td><td>1–64</td><td>farthest hop looked for</td></tr>
 * <tr><td>retries</td><td>3</td><td>0–10</td><td>at hops that answered lately</td></tr>
 * <tr><td>grace</td><td>40 ms</td><td>1 ms–5 s</td><td>beyond 1.25 × a hop's delay</td></tr>
 * <tr><td>lossAfter</td><td>2 s</td><td>100 ms–1 min</td><td>bursts only</td></tr>
 * <tr><td>maxMeasurements</td><td>10,000</td><td>1–100,000</td><td>traces and bursts at once</td></tr>
 * <tr><td>rememberedPaths</td><td>8,192</td><td>1–1,000,000</td><td>delays, silence, length</td></tr>
 * <tr><td>routerPacketsPerSecond</td><td>300</td><td>1–100,000</td><td>asked of one router</td></tr>
 * <tr><td>routerBurst</td><td>50</td><td>1–10,000</td><td>asked of one router at once</td></tr>
 * </table>
 *
 * @param netns network namespace in which sockets are opened; empty: that of the process
 * @param mode forced mode; empty: the best that is allowed
 */
public record ProberConfig(
    int packetsPerSecond,
    int maxTtl,
    int retries,
    Duration grace,
    Duration lossAfter,
    int maxMeasurements,
    int rememberedPaths,
    int routerPacketsPerSecond,
    int routerBurst,
    Optional<Path> netns,
    Optional<ProbeMode> mode) {

  public ProberConfig {
    Bounds.between("packetsPerSecond", packetsPerSecond, 1, 100_000);
    Bounds.between("maxTtl", maxTtl, 1, EngineBounds.TTL_LIMIT);
    Bounds.between("retries", retries, 0, 10);
    Bounds.between("duration", Duration.ofMillis(1), Duration.ofSeconds(5), "grace", grace);
    Bounds.between(
        "duration", Duration.ofMillis(100), Duration.ofMinutes(1), "lossAfter", lossAfter);
    Bounds.between("maxMeasurements", maxMeasurements, 1, 100_000);
    Bounds.between("rememberedPaths", rememberedPaths, 1, 1_000_000);
    Bounds.between("routerPacketsPerSecond", routerPacketsPerSecond, 1, 100_000);
    Bounds.between("routerBurst", routerBurst, 1, 10_000);
  }

  public static ProberConfig defaults() {
    return new ProberConfig(
        1_000,
        32,
        3,
        Duration.ofMillis(40),
        Duration.ofSeconds(2),
        10_000,
        8_192,
        300,
        50,
        Optional.empty(),
        Optional.empty());
  }

  public ProberConfig withPacketsPerSecond(int newPacketsPerSecond) {
    return new ProberConfig(
        newPacketsPerSecond,
        maxTtl,
        retries,
        grace,
        lossAfter,
        maxMeasurements,
        rememberedPaths,
        routerPacketsPerSecond,
        routerBurst,
        netns,
        mode);
  }

  public ProberConfig withNetns(Path newNetns) {
    return new ProberConfig(
        packetsPerSecond,
        maxTtl,
        retries,
        grace,
        lossAfter,
        maxMeasurements,
        rememberedPaths,
        routerPacketsPerSecond,
        routerBurst,
        Optional.of(newNetns),
        mode);
  }

  public ProberConfig withMode(ProbeMode newMode) {
    return new ProberConfig(
        packetsPerSecond,
        maxTtl,
        retries,
        grace,
        lossAfter,
        maxMeasurements,
        rememberedPaths,
        routerPacketsPerSecond,
        routerBurst,
        netns,
        Optional.of(newMode));
  }

  EngineBounds rules() {
    return new EngineBounds(
        packetsPerSecond,
        maxTtl,
        retries,
        grace.toNanos(),
        lossAfter.toNanos(),
        maxMeasurements,
        rememberedPaths,
        routerPacketsPerSecond,
        routerBurst);
  }
}
