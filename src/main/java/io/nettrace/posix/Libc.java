package io.nettrace.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * Finds functions of the C library and keeps errno. A handle made here takes a capture segment from
 * {@link #captureSegment(Arena)} as its first argument; after a call that returned -1, {@link
 * #errno(MemorySegment)} says why.
 */
final class Libc {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout CAPTURE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      CAPTURE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  static final java.lang.foreign.AddressLayout POINTER = ValueLayout.ADDRESS;

  private Libc() {}

  /** A function whose arguments are fixed. */
  static MethodHandle function(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(
        address(name), descriptor, Linker.Option.captureCallState("errno"));
  }

  /** A function like ioctl or open, variadic from argument {@code firstVariadic}. */
  static MethodHandle variadic(String name, int firstVariadic, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(
        address(name),
        descriptor,
        Linker.Option.captureCallState("errno"),
        Linker.Option.firstVariadicArg(firstVariadic));
  }

  static MemorySegment captureSegment(Arena arena) {
    return arena.allocate(CAPTURE);
  }

  static int errno(MemorySegment capture) {
    return (int) ERRNO.get(capture, 0L);
  }

  /** What to throw when the call itself could not be made: a defect of this package. */
  static IllegalStateException broken(String function, Throwable cause) {
    return new IllegalStateException("calling " + function + " failed", cause);
  }

  private static MemorySegment address(String name) {
    return LINKER
        .defaultLookup()
        .find(name)
        .orElseThrow(
            () -> new UnsupportedOperationException("the C library has no function " + name));
  }
}
