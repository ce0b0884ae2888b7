package io.nettrace.lab.topology;

/** How kind a generated internet is to those who measure it. */
public enum Profile {
  /** Constant delays, no loss, no rate limits; some routers silent, some load-balanced. */
  CLEAN,
  /** Delay variation, loss, rate limits and hosts that are deaf to some protocols as well. */
  REAL
}
