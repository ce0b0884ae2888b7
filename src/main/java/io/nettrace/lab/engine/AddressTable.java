package io.nettrace.lab.engine;

import io.nettrace.lab.packet.WireAddress;
import java.util.Arrays;
import java.util.Map;

/** Finds the index of an address: a hash table of longs, never changed, never allocating. */
final class AddressTable {
  static final int NONE = -1;

  private final long[] high;
  private final long[] low;
  private final int[] index;
  private final int mask;

  AddressTable(Map<WireAddress, Integer> indexes) {
    int slots = Integer.highestOneBit(Math.max(8, indexes.size() * 4));
    this.high = new long[slots];
    this.low = new long[slots];
    this.index = new int[slots];
    this.mask = slots - 1;
    Arrays.fill(index, NONE);
    indexes.forEach(this::put);
  }

  int find(long addressHigh, long addressLow) {
    int slot = slot(addressHigh, addressLow);
    while (index[slot] != NONE) {
      if (low[slot] == addressLow && high[slot] == addressHigh) {
        return index[slot];
      }
      slot = (slot + 1) & mask;
    }
    return NONE;
  }

  private void put(WireAddress address, int value) {
    int slot = slot(address.high(), address.low());
    while (index[slot] != NONE) {
      slot = (slot + 1) & mask;
    }
    high[slot] = address.high();
    low[slot] = address.low();
    index[slot] = value;
  }

  private int slot(long addressHigh, long addressLow) {
    long hash = (addressHigh * 31 + addressLow) * 0x9e3779b97f4a7c15L;
    return (int) (hash >>> 40) & mask;
  }
}
