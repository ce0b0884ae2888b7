package io.nettrace.platform;

/** The database answers and its change logs are applied: tables may be used from now on. */
public record DatabaseReady() {}
