package io.nettrace.sample;

import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import java.net.InetAddress;

/** What the bursts of one series have in common. */
record SeriesKey(
    String targetId,
    String vantagePoint,
    String host,
    boolean simulated,
    Protocol method,
    ProbeMode mode,
    InetAddress address) {

  /** Without a scope, which names an interface of another machine. */
  String addressText() {
    String literal = address.getHostAddress();
    int scope = literal.indexOf('%');
    return scope < 0 ? literal : literal.substring(0, scope);
  }
}
