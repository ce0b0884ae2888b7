package io.nettrace.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds out before anything is started whether a port can be had. */
final class Ports {
  private Ports() {}

  static void requireFree(String address, int port, StartSetting setting, String purpose)
      throws StartFailure {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
    } catch (IOException e) {
      throw new StartFailure(
          "Port %d on %s is needed for %s and cannot be had (%s). Stop what uses it, or choose another with -D%s=…"
              .formatted(port, address, purpose, e.getMessage(), setting.property()),
          e);
    }
  }
}
