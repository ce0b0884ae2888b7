package io.nettrace.posix;

/** What a socket carries. */
public enum SocketType {
  STREAM(1),
  DATAGRAM(2),
  RAW(3);

  /** SOCK_NONBLOCK | SOCK_CLOEXEC, the same on x86-64 and arm64. */
  private static final int NON_BLOCKING_CLOSE_ON_EXEC = 0x800 | 0x80000;

  private final int number;

  SocketType(int number) {
    this.number = number;
  }

  int nonBlocking() {
    return number | NON_BLOCKING_CLOSE_ON_EXEC;
  }
}
