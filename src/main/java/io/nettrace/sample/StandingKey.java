package io.nettrace.sample;

import io.nettrace.scan.VantagePoint;

/** One target as seen from one vantage point. */
record StandingKey(String targetId, VantagePoint vantagePoint) {}
