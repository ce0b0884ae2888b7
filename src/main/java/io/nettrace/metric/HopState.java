package io.nettrace.metric;

/** What is known of the router at one distance. */
public enum HopState {
  /** One address answered. */
  ANSWERED,
  /** Several addresses share the load at this distance. */
  BALANCED,
  /** It answers only some probes although packets pass: it limits its ICMP answers. */
  RATE_LIMITED,
  /** Nothing answered at this distance. */
  SILENT,
  /** The target itself. */
  DESTINATION,
  /** It said that the target cannot be reached from here. */
  UNREACHABLE
}
