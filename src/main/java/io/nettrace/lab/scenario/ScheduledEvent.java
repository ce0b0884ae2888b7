package io.nettrace.lab.scenario;

import java.time.Duration;
import java.util.Optional;

/**
 * An event, when it happens after the start of the programme, and for how long; without a duration
 * its effect stays.
 */
public record ScheduledEvent(Duration at, LabEvent event, Optional<Duration> duration) {}
