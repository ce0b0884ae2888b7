package io.nettrace.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Memory at a fixed address that system calls fill and that Java sees as a big-endian {@link
 * ByteBuffer}; freed when it is no longer reachable.
 */
public final class NativeBuffer {
  private final ByteBuffer bytes;
  private final long address;

  private NativeBuffer(MemorySegment segment) {
    this.bytes = segment.asByteBuffer();
    this.address = segment.address();
  }

  public static NativeBuffer allocate(int capacity) {
    return new NativeBuffer(Arena.ofAuto().allocate(capacity, Long.BYTES));
  }

  /** Always the same view; its position and limit are the caller's affair. */
  public ByteBuffer bytes() {
    return bytes;
  }

  public int capacity() {
    return bytes.capacity();
  }

  long address() {
    return address;
  }
}
