package io.nettrace.prober.net;

import io.nettrace.posix.NativeSocket;
import io.nettrace.posix.Poll;
import io.nettrace.prober.strategy.ProbeEvents;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of probes that need one each, because only the socket tells which probe an answer
 * belongs to. Bounded: what does not fit is refused, not queued.
 */
final class SocketPerProbe {
  static final int LIMIT = 768;

  private final int[] slots = new int[LIMIT];
  private final @Nullable NativeSocket[] sockets = new NativeSocket[LIMIT];
  private int size;

  /** What is to be done with each socket. */
  @FunctionalInterface
  interface Visitor {
    /** Returns true when the socket is no longer needed. */
    boolean visit(int slot, NativeSocket socket, ProbeEvents events);
  }

  boolean isFull() {
    return size == LIMIT;
  }

  void add(int slot, NativeSocket socket) {
    slots[size] = slot;
    sockets[size++] = socket;
  }

  void visit(Visitor visitor, ProbeEvents events) {
    for (int i = size - 1; i >= 0; i--) {
      NativeSocket socket = sockets[i];
      if (socket != null && visitor.visit(slots[i], socket, events)) {
        remove(slots[i]);
      }
    }
  }

  void remove(int slot) {
    for (int i = 0; i < size; i++) {
      NativeSocket socket = sockets[i];
      if (slots[i] == slot && socket != null) {
        socket.close();
        size--;
        slots[i] = slots[size];
        sockets[i] = sockets[size];
        sockets[size] = null;
        return;
      }
    }
  }

  void addTo(Poll poll, boolean connecting) {
    for (int i = 0; i < size && !poll.isFull(); i++) {
      NativeSocket socket = sockets[i];
      if (socket != null && connecting) {
        poll.addConnecting(socket.fd());
      } else if (socket != null) {
        poll.addReadable(socket.fd());
      }
    }
  }

  void close() {
    while (size > 0) {
      remove(slots[0]);
    }
  }
}
