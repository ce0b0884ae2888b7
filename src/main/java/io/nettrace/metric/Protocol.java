package io.nettrace.metric;

/** What a probe is made of: the method by which a delay was measured. */
public enum Protocol {
  ICMP,
  UDP,
  TCP
}
