package io.nettrace.prober.net;

import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import io.nettrace.posix.AddressFamily;
import io.nettrace.posix.NativeSocket;
import io.nettrace.posix.PosixException;
import io.nettrace.posix.SocketOption;
import io.nettrace.posix.SocketType;
import io.nettrace.prober.strategy.Network;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** Finds out which mode this process may use, best first, in the calling thread's namespace. */
public final class ProbeModes {
  private static final int ICMP = 1;

  /** A network and why it is in the mode it is in. */
  public record Choice(Network network, String reason) {}

  private ProbeModes() {}

  /** Opens the forced mode, or fails; else the best mode that is allowed. */
  public static Choice open(Optional<ProbeMode> forced) throws IOException {
    if (!isLinux()) {
      return portable(forced);
    }
    if (forced.isPresent()) {
      check(forced.get());
      return new Choice(new LinuxNetwork(forced.get()), "asked for");
    }
    try {
      check(ProbeMode.RAW);
      return new Choice(new LinuxNetwork(ProbeMode.RAW), "raw sockets are allowed");
    } catch (PosixException e) {
      return unprivileged("raw sockets are not: " + e.getMessage());
    }
  }

  private static Choice unprivileged(String why) throws IOException {
    try {
      check(ProbeMode.UNPRIVILEGED);
      return new Choice(
          new LinuxNetwork(ProbeMode.UNPRIVILEGED), "ping sockets are allowed, " + why);
    } catch (PosixException e) {
      return withoutPing(
          "ping sockets are not (sysctl net.ipv4.ping_group_range): "
              + e.getMessage()
              + "; "
              + why);
    }
  }

  /** UDP and TCP still see hops through their sockets' error queues. */
  private static Choice withoutPing(String why) throws IOException {
    try (NativeSocket udp = NativeSocket.open(AddressFamily.IPV4, SocketType.DATAGRAM, 0)) {
      udp.set(SocketOption.IPV4_RECEIVE_ERRORS, 1);
      return new Choice(
          new LinuxNetwork(ProbeMode.UNPRIVILEGED), "UDP and TCP error queues only, " + why);
    } catch (PosixException e) {
      return new Choice(
          new LinuxNetwork(ProbeMode.CONNECT), "error queues are not allowed: " + e.getMessage());
    }
  }

  private static Choice portable(Optional<ProbeMode> forced) throws IOException {
    if (forced.isPresent() && forced.get() != ProbeMode.CONNECT) {
      throw new IOException(forced.get() + " mode needs Linux, this is " + system());
    }
    return new Choice(new NioNetwork(), "other modes need Linux, this is " + system());
  }

  private static void check(ProbeMode mode) throws PosixException {
    switch (mode) {
      case RAW -> NativeSocket.open(AddressFamily.IPV4, SocketType.RAW, ICMP).close();
      case UNPRIVILEGED -> NativeSocket.open(AddressFamily.IPV4, SocketType.DATAGRAM, ICMP).close();
      case CONNECT -> NativeSocket.open(AddressFamily.IPV4, SocketType.STREAM, 0).close();
    }
  }

  private static boolean isLinux() {
    return system().toLowerCase(Locale.ROOT).startsWith("linux");
  }

  private static String system() {
    return String.valueOf(System.getProperty("os.name"));
  }

  static IOException cannotSend(ProbeMode mode, Protocol protocol) {
    return new IOException(mode + " mode cannot send " + protocol);
  }
}
