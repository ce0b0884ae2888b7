package io.nettrace.posix;

import static io.nettrace.posix.Libc.INT;
import static io.nettrace.posix.Libc.POINTER;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Opens and closes files by number, for calls that want a number rather than a Java stream. */
final class Descriptors {
  static final int O_RDONLY = 0;
  static final int O_RDWR = 2;
  static final int O_NONBLOCK = 0x800;
  static final int O_CLOEXEC = 0x80000;

  private static final MethodHandle OPEN =
      Libc.variadic("open", 2, FunctionDescriptor.of(INT, POINTER, INT, INT));
  private static final MethodHandle CLOSE = Libc.function("close", FunctionDescriptor.of(INT, INT));

  private Descriptors() {}

  /** Opens {@code path}; never inherited by programs that this process starts. */
  static int open(String path, int flags) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment capture = Libc.captureSegment(arena);
      int fd = (int) OPEN.invokeExact(capture, arena.allocateFrom(path), flags | O_CLOEXEC, 0);
      if (fd < 0) {
        throw new PosixException("open", path, Libc.errno(capture));
      }
      return fd;
    } catch (PosixException e) {
      throw e;
    } catch (Throwable e) {
      throw Libc.broken("open", e);
    }
  }

  /** Closes {@code fd}; nothing useful can be done when that fails. */
  static void close(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      int _ = (int) CLOSE.invokeExact(Libc.captureSegment(arena), fd);
    } catch (Throwable e) {
      throw Libc.broken("close", e);
    }
  }
}
