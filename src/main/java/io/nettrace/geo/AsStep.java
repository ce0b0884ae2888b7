package io.nettrace.geo;

import java.util.Optional;

/**
 * One autonomous system on a path, from the first to the last distance at which it was seen in a
 * row. Silent hops and addresses of unknown origin belong to nobody and part nothing.
 */
public record AsStep(long asn, Optional<String> name, int firstTtl, int lastTtl) {}
