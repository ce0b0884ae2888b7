package io.nettrace.scan;

/** A delivery's measurements were committed to the record. */
public record ScanCompleted(AcceptedScan scan, boolean faultsTold) {}
