package io.nettrace.lab.scenario;

/** A token bucket: {@code burst} answers at once, {@code perSecond} in the long run. */
public record RateLimit(double perSecond, int burst) {}
