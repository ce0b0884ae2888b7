package io.nettrace.posix;

import static io.nettrace.posix.Libc.INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A network stack of one's own: interfaces, addresses, routes and sockets apart from the host's
 * (network_namespaces(7)).
 *
 * <p>A namespace belongs to threads. One platform thread makes it with {@link #unshare()}; others
 * of this or another process join by {@link #enter(Path)} on the path that {@link #ofThisThread()}
 * gave. It lives as long as a thread, a socket or an open file of it, and leaves nothing behind.
 * Sockets that a thread opens, and programs that it starts, are in the thread's namespace.
 */
public final class NetworkNamespace {
  private static final int CLONE_NEWNET = 0x40000000;
  private static final MethodHandle UNSHARE =
      Libc.function("unshare", FunctionDescriptor.of(INT, INT));
  private static final MethodHandle SETNS =
      Libc.function("setns", FunctionDescriptor.of(INT, INT, INT));

  private NetworkNamespace() {}

  /** Moves the calling platform thread into a new, empty namespace. Needs CAP_SYS_ADMIN. */
  public static void unshare() throws PosixException {
    unshare(CLONE_NEWNET, "network namespace");
  }

  /** Moves the calling platform thread into the namespace that {@code path} names. */
  public static void enter(Path path) throws PosixException {
    requirePlatformThread();
    int fd = Descriptors.open(path.toString(), Descriptors.O_RDONLY);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment capture = Libc.captureSegment(arena);
      if ((int) SETNS.invokeExact(capture, fd, CLONE_NEWNET) != 0) {
        throw new PosixException("setns", path.toString(), Libc.errno(capture));
      }
    } catch (PosixException e) {
      throw e;
    } catch (Throwable e) {
      throw Libc.broken("setns", e);
    } finally {
      Descriptors.close(fd);
    }
  }

  /**
   * The calling platform thread's namespace as a path that every thread, and every other process of
   * the same user, can enter while this thread lives.
   */
  public static Path ofThisThread() throws IOException {
    requirePlatformThread();
    return Path.of("/proc")
        .resolve(Files.readSymbolicLink(Path.of("/proc/thread-self")))
        .resolve("ns/net");
  }

  static void unshare(int flags, String what) throws PosixException {
    requirePlatformThread();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment capture = Libc.captureSegment(arena);
      if ((int) UNSHARE.invokeExact(capture, flags) != 0) {
        throw new PosixException("unshare", what, Libc.errno(capture));
      }
    } catch (PosixException e) {
      throw e;
    } catch (Throwable e) {
      throw Libc.broken("unshare", e);
    }
  }

  private static void requirePlatformThread() {
    if (Thread.currentThread().isVirtual()) {
      throw new IllegalStateException("a virtual thread has no network namespace of its own");
    }
  }
}
