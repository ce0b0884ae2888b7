package io.nettrace.route;

import io.nettrace.platform.DomainEvent;

/** What happens to routes and to the names at their ends. */
public sealed interface RouteEvent extends DomainEvent permits RouteChanged, EdgeMoved {}
