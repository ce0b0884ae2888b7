package io.nettrace.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers of tests that start later, or again. They lie below those that the kernel gives
 * to outgoing connections, so no client of another test takes one in between.
 */
public final class FreePort {
  private static final int LOWEST = 15_000;
  private static final int BELOW = 32_000;
  private static final int ATTEMPTS = 100;

  private FreePort() {}

  /** One that nothing listens on. */
  public static int next() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, BELOW);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no free port in %d attempts".formatted(ATTEMPTS));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (BindException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
