package io.nettrace.sample;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What became known after a position, in that order.
 *
 * @param more whether to ask again at once: there is more already, or was not looked for yet
 * @param until whatever became known until then is among these items or those before
 */
public record KnownPage<T>(List<T> items, boolean more, Instant until) {

  /**
   * Where its reader stands then: behind the last item, or behind all that was looked through when
   * that is further and there is more; empty where it stood before.
   */
  public Optional<KnownPosition> end(Function<T, KnownPosition> position) {
    Optional<KnownPosition> last =
        items.isEmpty() ? Optional.empty() : Optional.of(position.apply(items.getLast()));
    boolean further = last.map(KnownPosition::knownAt).filter(at -> !at.isBefore(until)).isEmpty();
    return more && further ? Optional.of(KnownPosition.after(until)) : last;
  }
}
