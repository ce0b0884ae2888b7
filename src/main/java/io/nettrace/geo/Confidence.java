package io.nettrace.geo;

/** How much a place may be believed. */
public enum Confidence {
  /** The source is exact and the delay seen leaves no room for another place. */
  HIGH,
  /** Nothing speaks against it, and the delay seen narrows it down. */
  MEDIUM,
  /** Only the source says so. */
  LOW,
  /** The answer came sooner than light travels there and back: the source is wrong. */
  IMPOSSIBLE,
  /** There is no place to believe. */
  NONE
}
