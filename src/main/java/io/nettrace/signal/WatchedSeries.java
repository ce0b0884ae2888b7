package io.nettrace.signal;

import io.nettrace.metric.Protocol;
import io.nettrace.scan.VantagePoint;
import java.net.InetAddress;

/** What is watched as one: another address, or another method, has delays of its own. */
record WatchedSeries(
    VantagePoint vantagePoint, String targetId, Protocol method, InetAddress address) {}
