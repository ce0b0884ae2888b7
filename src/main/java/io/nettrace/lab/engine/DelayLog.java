package io.nettrace.lab.engine;

import io.nettrace.lab.packet.WireAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The true delays: for each probe that was answered, when the lab read it and when it wrote the
 * answer, both on {@link System#nanoTime}'s clock. It remembers the last so many; safe for use by
 * several threads.
 */
public final class DelayLog {
  private static final int WORDS = 8;

  private final long[] ring;
  private final int capacity;
  private long written;

  DelayLog(int capacity) {
    this.capacity = capacity;
    this.ring = new long[capacity * WORDS];
  }

  /**
   * One answered probe.
   *
   * @param destination where the probe was sent
   * @param protocol IP's number: 1 ICMP, 6 TCP, 17 UDP, 58 ICMPv6
   * @param ttl with which it was sent
   * @param flow first word of its transport header: the ports, or ICMP's type, code and checksum
   * @param identifier second word: ICMP's identifier and sequence number, UDP's length and
   *     checksum, TCP's sequence number
   * @param responder who answered
   */
  public record Entry(
      InetAddress destination,
      int protocol,
      int ttl,
      int flow,
      int identifier,
      InetAddress responder,
      long readNanos,
      long writtenNanos) {

    public long rttNanos() {
      return writtenNanos - readNanos;
    }
  }

  /** How many answers were ever written: a mark for {@link #since}. */
  public synchronized long position() {
    return written;
  }

  /** The answers written after {@code position}, oldest first, as far as they are remembered. */
  public synchronized List<Entry> since(long position) {
    long first = Math.max(position, Math.max(0, written - capacity));
    List<Entry> entries = new ArrayList<>();
    for (long i = first; i < written; i++) {
      entries.add(entry((int) (i % capacity) * WORDS));
    }
    return entries;
  }

  /** All answers that are remembered, oldest first. */
  public List<Entry> entries() {
    return since(0);
  }

  synchronized void add(LabReply reply, long writtenNanos) {
    int at = (int) (written++ % capacity) * WORDS;
    ring[at] = reply.targetHigh;
    ring[at + 1] = reply.targetLow;
    ring[at + 2] = reply.responderHigh;
    ring[at + 3] = reply.responderLow;
    ring[at + 4] = ((long) reply.protocol << 8) | reply.ttl;
    ring[at + 5] = ((long) reply.flow << 32) | Integer.toUnsignedLong(reply.identifier);
    ring[at + 6] = reply.readNanos;
    ring[at + 7] = writtenNanos;
  }

  private Entry entry(int at) {
    return new Entry(
        new WireAddress(ring[at], ring[at + 1]).toInetAddress(),
        (int) (ring[at + 4] >>> 8),
        (int) (ring[at + 4] & 0xff),
        (int) (ring[at + 5] >>> 32),
        (int) ring[at + 5],
        new WireAddress(ring[at + 2], ring[at + 3]).toInetAddress(),
        ring[at + 6],
        ring[at + 7]);
  }
}
