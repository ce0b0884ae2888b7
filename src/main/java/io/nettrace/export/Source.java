package io.nettrace.export;

/** What a file's measurements are of. */
public record Source(String host, String targetId, String vantagePoint, boolean simulated) {}
