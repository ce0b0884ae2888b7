package io.nettrace.route;

import io.nettrace.scan.RecordOf;

/** Changes of route or moves were committed to a record. */
public record EventsRecorded(RecordOf whose) {}
