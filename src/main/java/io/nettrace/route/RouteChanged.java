package io.nettrace.route;

import io.nettrace.scan.VantagePoint;

/** A change of route was committed to the record. */
public record RouteChanged(
    VantagePoint vantagePoint, String targetId, String host, RouteChange change) {}
