package io.nettrace.scanner;

import io.nettrace.metric.Burst;

/** A burst and the target it belongs to. */
public record MeasuredBurst(String targetId, String host, Burst burst) {}
