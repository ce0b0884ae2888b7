package io.nettrace.posix;

import static io.nettrace.posix.Libc.INT;
import static io.nettrace.posix.Libc.LONG;
import static io.nettrace.posix.Libc.POINTER;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * A view of the file tree of one's own (mount_namespaces(7)): what the calling platform thread
 * mounts afterwards is seen by it and by the programs it starts, and by nobody else.
 */
public final class MountNamespace {
  private static final int CLONE_NEWNS = 0x00020000;
  private static final long MS_BIND = 0x1000;
  private static final long MS_REC_PRIVATE = 0x4000 | 0x40000;
  private static final MethodHandle MOUNT =
      Libc.function("mount", FunctionDescriptor.of(INT, POINTER, POINTER, POINTER, LONG, POINTER));

  private MountNamespace() {}

  /** Moves the calling platform thread into a private copy of its view. Needs CAP_SYS_ADMIN. */
  public static void unshare() throws PosixException {
    NetworkNamespace.unshare(CLONE_NEWNS, "mount namespace");
    mount("none", "/", MS_REC_PRIVATE);
  }

  /** Shows {@code source} in the place of the existing {@code target}. */
  public static void bind(Path source, Path target) throws PosixException {
    mount(source.toString(), target.toString(), MS_BIND);
  }

  private static void mount(String source, String target, long flags) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment capture = Libc.captureSegment(arena);
      int result =
          (int)
              MOUNT.invokeExact(
                  capture,
                  arena.allocateFrom(source),
                  arena.allocateFrom(target),
                  MemorySegment.NULL,
                  flags,
                  MemorySegment.NULL);
      if (result != 0) {
        throw new PosixException("mount", target, Libc.errno(capture));
      }
    } catch (PosixException e) {
      throw e;
    } catch (Throwable e) {
      throw Libc.broken("mount", e);
    }
  }
}
