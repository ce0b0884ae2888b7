package io.nettrace.sample;

import java.util.Optional;

/**
 * The route a trace was over.
 *
 * @param hash short name of the route in force; empty when the trace saw no hop
 * @param changed the trace confirmed a change of route
 */
public record IdentifiedRoute(Optional<String> hash, boolean changed) {
  public static final IdentifiedRoute NONE = new IdentifiedRoute(Optional.empty(), false);
}
