package io.nettrace.sample;

import io.nettrace.metric.Protocol;
import java.net.InetAddress;
import java.time.Instant;

/** Which burst: of what, from where, how, and when it began (to the microsecond). */
public record MeasurementId(
    String targetId,
    String vantagePoint,
    Protocol method,
    InetAddress address,
    Instant observedAt) {}
