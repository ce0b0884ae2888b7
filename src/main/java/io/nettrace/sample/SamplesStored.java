package io.nettrace.sample;

import io.nettrace.scan.AcceptedScan;

/** Measurements are in the record and in the snapshot; fired at the node that stored them only. */
public record SamplesStored(AcceptedScan scan, Snapshot snapshot) {}
