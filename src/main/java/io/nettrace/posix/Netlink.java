package io.nettrace.posix;

import static io.nettrace.posix.Libc.INT;
import static io.nettrace.posix.Libc.LONG;
import static io.nettrace.posix.Libc.POINTER;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** One rtnetlink(7) request and its acknowledgement at a time, in the thread's namespace. */
final class Netlink {
  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
  private static final int NETLINK_ROUTE = 0;
  private static final short NLM_F_REQUEST_ACK_CREATE = 0x1 | 0x4 | 0x400;
  private static final int HEADER_BYTES = 16;
  private static final int ATTRIBUTE_HEADER_BYTES = 4;
  private static final int MESSAGE_MAX_BYTES = 512;
  private static final short NLMSG_ERROR = 2;

  private static final MethodHandle SOCKET =
      Libc.function("socket", FunctionDescriptor.of(INT, INT, INT, INT));
  private static final MethodHandle SEND =
      Libc.function("send", FunctionDescriptor.of(LONG, INT, POINTER, LONG, INT));
  private static final MethodHandle RECV =
      Libc.function("recv", FunctionDescriptor.of(LONG, INT, POINTER, LONG, INT));
  private static final MethodHandle IF_NAMETOINDEX =
      Libc.function("if_nametoindex", FunctionDescriptor.of(INT, POINTER));

  private Netlink() {}

  static int interfaceIndex(String name) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment capture = Libc.captureSegment(arena);
      int index = (int) IF_NAMETOINDEX.invokeExact(capture, arena.allocateFrom(name));
      if (index == 0) {
        throw new PosixException("if_nametoindex", name, Libc.errno(capture));
      }
      return index;
    } catch (PosixException e) {
      throw e;
    } catch (Throwable e) {
      throw Libc.broken("if_nametoindex", e);
    }
  }

  /**
   * An empty request of {@code type}, positioned behind its header, in the machine's byte order.
   */
  static ByteBuffer message(short type) {
    ByteBuffer message = ByteBuffer.allocate(MESSAGE_MAX_BYTES).order(ByteOrder.nativeOrder());
    return message.putInt(0).putShort(type).putShort(NLM_F_REQUEST_ACK_CREATE).putLong(0);
  }

  static void attribute(ByteBuffer message, short type, byte[] value) {
    message.putShort((short) (ATTRIBUTE_HEADER_BYTES + value.length)).putShort(type).put(value);
    message.position((message.position() + 3) & ~3);
  }

  static void attribute(ByteBuffer message, short type, int value) {
    message.putShort((short) (ATTRIBUTE_HEADER_BYTES + Integer.BYTES)).putShort(type).putInt(value);
  }

  /** Sends the request and waits until the kernel has done it. */
  static void request(ByteBuffer message, String operation, String subject) throws PosixException {
    message.putInt(0, message.position());
    int errno = exchange(message.flip(), operation, subject);
    if (errno != 0) {
      throw new PosixException(operation, subject, errno);
    }
  }

  private static int exchange(ByteBuffer message, String operation, String subject)
      throws PosixException {
    int fd = -1;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment capture = Libc.captureSegment(arena);
      fd = (int) SOCKET.invokeExact(capture, AF_NETLINK, SOCK_RAW_CLOEXEC, NETLINK_ROUTE);
      check(fd, capture, operation, subject);
      MemorySegment out = arena.allocate(message.remaining(), 4);
      out.copyFrom(MemorySegment.ofBuffer(message));
      check((long) SEND.invokeExact(capture, fd, out, out.byteSize(), 0), capture, "send", subject);
      MemorySegment in = arena.allocate(2L * MESSAGE_MAX_BYTES, 4);
      long length = (long) RECV.invokeExact(capture, fd, in, in.byteSize(), 0);
      check(length, capture, "recv", subject);
      return errnoOf(in);
    } catch (PosixException e) {
      throw e;
    } catch (Throwable e) {
      throw Libc.broken("rtnetlink", e);
    } finally {
      if (fd >= 0) {
        Descriptors.close(fd);
      }
    }
  }

  private static int errnoOf(MemorySegment reply) {
    short type = reply.get(ValueLayout.JAVA_SHORT, 4);
    return type == NLMSG_ERROR ? -reply.get(INT, HEADER_BYTES) : 0;
  }

  private static void check(long result, MemorySegment capture, String operation, String subject)
      throws PosixException {
    if (result < 0) {
      throw new PosixException(operation, subject, Libc.errno(capture));
    }
  }
}
