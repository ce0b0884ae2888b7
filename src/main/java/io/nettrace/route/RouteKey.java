package io.nettrace.route;

import io.nettrace.metric.Protocol;
import java.net.InetAddress;

/** Whose route: the same name at another address, or by another method, is another route. */
public record RouteKey(
    String vantagePoint, String targetId, Protocol method, InetAddress address) {}
