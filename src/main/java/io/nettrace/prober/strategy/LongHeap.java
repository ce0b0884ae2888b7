package io.nettrace.prober.strategy;

import java.util.Arrays;

/** A priority queue of (key, value) pairs of longs, smallest key first, without objects. */
final class LongHeap {
  private long[] keys = new long[64];
  private long[] values = new long[64];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  long firstKey() {
    return keys[0];
  }

  void add(long key, long value) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    int at = size++;
    while (at > 0 && key < keys[(at - 1) >>> 1]) {
      move((at - 1) >>> 1, at);
      at = (at - 1) >>> 1;
    }
    keys[at] = key;
    values[at] = value;
  }

  /** Removes the first pair and returns its value. */
  long poll() {
    long value = values[0];
    size--;
    long key = keys[size];
    long last = values[size];
    int at = 0;
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && keys[child + 1] < keys[child]) {
        child++;
      }
      if (key <= keys[child]) {
        break;
      }
      move(child, at);
      at = child;
    }
    keys[at] = key;
    values[at] = last;
    return value;
  }

  private void move(int from, int to) {
    keys[to] = keys[from];
    values[to] = values[from];
  }
}
