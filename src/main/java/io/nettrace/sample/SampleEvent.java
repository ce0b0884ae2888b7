package io.nettrace.sample;

import io.nettrace.platform.DomainEvent;

/** What happens to records of measurements. */
public sealed interface SampleEvent extends DomainEvent permits ScanCompleted {}
