package io.nettrace.metric;

/** Through which door of the operating system probes leave, which decides what can be seen. */
public enum ProbeMode {
  /** Raw sockets: every protocol, every hop; needs root or CAP_NET_RAW. */
  RAW,
  /** Ping sockets and the UDP error queue: hops too, without privileges. */
  UNPRIVILEGED,
  /** TCP connect only: the delay to the target, no hops. */
  CONNECT
}
