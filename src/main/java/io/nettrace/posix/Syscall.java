package io.nettrace.posix;

/** A call through a method handle whose only failures are results, never exceptions. */
@FunctionalInterface
interface Syscall {
  int invoke() throws Throwable;

  static int call(Syscall syscall) {
    try {
      return syscall.invoke();
    } catch (Throwable e) {
      throw new AssertionError("a downcall with a fixed signature does not throw", e);
    }
  }
}
