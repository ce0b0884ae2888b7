package io.nettrace.lab.engine;

/**
 * What became of the packets that the lab read, counted from its start.
 *
 * @param read all of them
 * @param answered an answer was written
 * @param lost on the way there or back, by ratio or by outage
 * @param silent the router or host does not answer such probes
 * @param rateLimited a router would have answered but for its rate limit
 * @param unroutable refused because nobody has the address
 * @param malformed no whole packet, or a checksum that does not hold
 * @param ignored multicast, ICMP errors and the like, which nobody answers
 * @param overflowed dropped because too many answers were waiting, or the kernel refused one
 */
public record LabStatistics(
    long read,
    long answered,
    long lost,
    long silent,
    long rateLimited,
    long unroutable,
    long malformed,
    long ignored,
    long overflowed) {}
