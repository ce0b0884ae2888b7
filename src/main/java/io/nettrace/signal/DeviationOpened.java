package io.nettrace.signal;

/** A deviation was committed to the record. */
public record DeviationOpened(Deviation deviation) {}
