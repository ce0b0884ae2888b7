package io.nettrace.scanner.cycle;

import io.nettrace.metric.Protocol;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which of a target's methods is used. One that has answered stays, because its silence is what is
 * to be measured; one that never did gives way to the next, round and round until one answers. A
 * silence that lasts for many bursts may be a filter of this method only, so then the others are
 * tried again.
 */
final class MethodChoice {
  /** An hour of bursts a minute. */
  static final int LASTING = 60;

  private final List<Protocol> methods;
  private final Set<Protocol> answered = EnumSet.noneOf(Protocol.class);
  private int index;
  private int silence;

  MethodChoice(List<Protocol> methods) {
    this.methods = List.copyOf(methods);
  }

  Protocol current() {
    return methods.get(index);
  }

  void replied(Protocol method) {
    answered.add(method);
    silence = 0;
  }

  /** Takes note of silence; true when there is another method worth trying at once. */
  boolean silent(Protocol method) {
    if (method == current() && ++silence >= LASTING) {
      answered.remove(method);
      silence = 0;
    }
    if (method != current() || answered.contains(method)) {
      return false;
    }
    index = (index + 1) % methods.size();
    return index != 0;
  }
}
