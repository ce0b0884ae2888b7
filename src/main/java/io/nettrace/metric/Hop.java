package io.nettrace.metric;

import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One distance on a path, and who answered there; the first reply is that of the path's own flow,
 * further ones come from extra flows.
 *
 * @param refusal with what words it said that the target cannot be reached, if it did
 */
public record Hop(int ttl, HopState state, List<HopReply> replies, Optional<Refusal> refusal) {
  public Hop(int ttl, HopState state, List<HopReply> replies) {
    this(ttl, state, replies, Optional.empty());
  }

  public Hop {
    replies = List.copyOf(replies);
    if (ttl < 1 || ttl > 255) {
      throw new IllegalArgumentException("a hop's distance is 1-255, not " + ttl);
    }
    if ((state == HopState.SILENT) != replies.isEmpty()) {
      throw new IllegalArgumentException("a hop is silent exactly when nobody answered there");
    }
  }

  public static Hop silent(int ttl) {
    return new Hop(ttl, HopState.SILENT, List.of());
  }

  /** Delay of the path's own flow; empty at a silent hop. */
  public OptionalLong rttNanos() {
    return replies.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(replies.getFirst().rttNanos());
  }

  public Set<InetAddress> addresses() {
    return replies.stream()
        .map(HopReply::address)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
