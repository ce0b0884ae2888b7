package io.nettrace.metric;

/** One entry of an MPLS label stack that a router quoted (RFC 4950). */
public record MplsLabel(int label, int trafficClass, boolean bottomOfStack, int ttl) {}
