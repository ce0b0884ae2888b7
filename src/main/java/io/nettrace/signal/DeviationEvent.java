package io.nettrace.signal;

import io.nettrace.platform.DomainEvent;

/** What happens to deviations. */
public sealed interface DeviationEvent extends DomainEvent
    permits DeviationOpened, DeviationClosed {}
