package io.nettrace.lab.engine;

import org.jspecify.annotations.Nullable;

/**
 * Answers waiting for their time, the next one on top: a binary heap over replies that are made
 * once and used again.
 */
final class ReplyQueue {
  private final int packetBytes;
  private final @Nullable LabReply[] heap;
  private final @Nullable LabReply[] free;
  private int waiting;
  private int unused;
  private int made;

  ReplyQueue(int capacity, int packetBytes) {
    this.packetBytes = packetBytes;
    this.heap = new LabReply[capacity];
    this.free = new LabReply[capacity];
  }

  /** A reply to fill in and then {@link #add} or {@link #release}; null when all are in use. */
  @Nullable LabReply take() {
    if (unused > 0) {
      return free[--unused];
    }
    if (made == heap.length) {
      return null;
    }
    made++;
    return new LabReply(packetBytes);
  }

  void release(LabReply reply) {
    free[unused++] = reply;
  }

  void add(LabReply reply) {
    int child = waiting++;
    while (child > 0) {
      int parent = (child - 1) / 2;
      LabReply above = at(parent);
      if (above.dueNanos - reply.dueNanos <= 0) {
        break;
      }
      heap[child] = above;
      child = parent;
    }
    heap[child] = reply;
  }

  boolean isEmpty() {
    return waiting == 0;
  }

  int size() {
    return waiting;
  }

  /** When the next answer is due; only of a queue that is not empty. */
  long nextDueNanos() {
    return at(0).dueNanos;
  }

  /** Takes the next answer off. */
  LabReply poll() {
    LabReply next = at(0);
    LabReply last = at(--waiting);
    heap[waiting] = null;
    if (waiting > 0) {
      sink(last);
    }
    return next;
  }

  private void sink(LabReply reply) {
    int parent = 0;
    while (2 * parent + 1 < waiting) {
      int child = 2 * parent + 1;
      if (child + 1 < waiting && at(child + 1).dueNanos - at(child).dueNanos < 0) {
        child++;
      }
      if (reply.dueNanos - at(child).dueNanos <= 0) {
        break;
      }
      heap[parent] = at(child);
      parent = child;
    }
    heap[parent] = reply;
  }

  private LabReply at(int index) {
    LabReply reply = heap[index];
    if (reply == null) {
      throw new IllegalStateException("no reply waits at " + index);
    }
    return reply;
  }
}
