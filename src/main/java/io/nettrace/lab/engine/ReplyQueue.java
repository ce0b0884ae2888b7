package io.nettrace.lab.engine;

import org.jspecify.annotations.Nullable;

/**
 * Answers waiting for their time, the next one on top: a binary heap over replies that are made
 * once and used again.
 */
final class ReplyQueue {
  private final int packetBytes;
  private final @Nullable Reply[] heap;
  private final @Nullable Reply[] free;
  private int waiting;
  private int unused;
  private int made;

  ReplyQueue(int capacity, int packetBytes) {
    this.packetBytes = packetBytes;
    this.heap = new Reply[capacity];
    this.free = new Reply[capacity];
  }

  /** A reply to fill in and then {@link #add} or {@link #release}; null when all are in use. */
  @Nullable Reply take() {
    if (unused > 0) {
      return free[--unused];
    }
    if (made == heap.length) {
      return null;
    }
    made++;
    return new Reply(packetBytes);
  }

  void release(Reply reply) {
    free[unused++] = reply;
  }

  void add(Reply reply) {
    int child = waiting++;
    while (child > 0) {
      int parent = (child - 1) / 2;
      Reply above = at(parent);
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
  Reply poll() {
    Reply next = at(0);
    Reply last = at(--waiting);
    heap[waiting] = null;
    if (waiting > 0) {
      sink(last);
    }
    return next;
  }

  private void sink(Reply reply) {
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

  private Reply at(int index) {
    Reply reply = heap[index];
    if (reply == null) {
      throw new IllegalStateException("no reply waits at " + index);
    }
    return reply;
  }
}
