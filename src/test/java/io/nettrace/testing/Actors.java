package io.nettrace.testing;

import io.nettrace.platform.Actor;

/** Who makes the changes of tests in which it does not matter. */
public final class Actors {
  public static final Actor TEST = new Actor.System("test");

  private Actors() {}
}
