package io.nettrace.prober.packet;

import io.nettrace.metric.MplsLabel;
import java.util.ArrayList;
import java.util.List;

/**
 * What a decoder read from one packet: who answered what, and which probe it names. One object is
 * filled again and again.
 */
public final class Reply {
  /** What kind of packet answered. */
  public enum Kind {
    ECHO_REPLY,
    TIME_EXCEEDED,
    UNREACHABLE,
    SYN_ACK,
    RESET,
    /** Data of a UDP service. */
    DATAGRAM
  }

  static final int MAX_LABELS = 8;

  private Kind kind = Kind.ECHO_REPLY;
  long fromHi;
  long fromLo;
  long targetHi;
  long targetLo;
  int protocol;
  int icmpType;
  int icmpCode;
  int id;
  int port;
  int probe;
  int hopLimit;
  int identification;
  int mark;
  int dataBytes;
  boolean unnamed;
  private final int[] labels = new int[MAX_LABELS];
  private int labelCount;

  void reset(Kind newKind) {
    kind = newKind;
    fromHi = 0;
    fromLo = 0;
    targetHi = 0;
    targetLo = 0;
    protocol = 0;
    icmpType = 0;
    icmpCode = 0;
    id = 0;
    port = 0;
    probe = 0;
    hopLimit = 0;
    identification = 0;
    mark = -1;
    dataBytes = 0;
    unnamed = false;
    labelCount = 0;
  }

  void addLabel(int entry) {
    if (labelCount < MAX_LABELS) {
      labels[labelCount++] = entry;
    }
  }

  public Kind kind() {
    return kind;
  }

  public long fromHi() {
    return fromHi;
  }

  public long fromLo() {
    return fromLo;
  }

  /** High half of the address the probe was sent to, as the reply names it. */
  public long targetHi() {
    return targetHi;
  }

  public long targetLo() {
    return targetLo;
  }

  /** IP protocol number of the probe. */
  public int protocol() {
    return protocol;
  }

  public int icmpType() {
    return icmpType;
  }

  public int icmpCode() {
    return icmpCode;
  }

  /** ICMP identifier, or the source port of a UDP or TCP probe. */
  public int id() {
    return id;
  }

  /** Destination port of a UDP or TCP probe. */
  public int port() {
    return port;
  }

  /** ICMP sequence number, UDP checksum or TCP sequence number of the probe. */
  public int probe() {
    return probe;
  }

  /** Whether it quotes the probe, as ICMP errors do. */
  public boolean isQuote() {
    return kind == Kind.TIME_EXCEEDED || kind == Kind.UNREACHABLE;
  }

  /** Whether nothing in it names one probe: it answers the one of its flow that is out. */
  public boolean isUnnamed() {
    return unnamed;
  }

  /** Identification of the quoted IPv4 header; 0 when there was none. */
  public int identification() {
    return identification;
  }

  /** The mark in the probe's payload as it came back; -1 when it did not. */
  public int mark() {
    return mark;
  }

  /** Length that the quoted UDP header tells; 0 when there was none. */
  public int dataBytes() {
    return dataBytes;
  }

  /** TTL with which the reply itself arrived; 0 when unknown. */
  public int hopLimit() {
    return hopLimit;
  }

  public boolean hasLabels() {
    return labelCount > 0;
  }

  /** The MPLS label stack the router quoted (RFC 4950). */
  public List<MplsLabel> labels() {
    List<MplsLabel> stack = new ArrayList<>(labelCount);
    for (int i = 0; i < labelCount; i++) {
      int entry = labels[i];
      stack.add(new MplsLabel(entry >>> 12, entry >>> 9 & 7, (entry >>> 8 & 1) == 1, entry & 0xff));
    }
    return List.copyOf(stack);
  }
}
