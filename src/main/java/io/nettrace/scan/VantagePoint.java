package io.nettrace.scan;

/** Where we probe from. Simulated means: from inside the lab. */
public record VantagePoint(String name, boolean simulated) {}
