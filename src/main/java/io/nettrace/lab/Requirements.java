package io.nettrace.lab;

import io.nettrace.posix.NetworkNamespace;
import io.nettrace.posix.PosixException;
import io.nettrace.posix.Tun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What a process needs to run a lab. */
final class Requirements {
  private static final Path DEVICE = Path.of(Tun.DEVICE);

  private Requirements() {}

  static Optional<String> missing() {
    if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux")) {
      return Optional.of("it needs Linux (network namespaces and TUN devices)");
    }
    if (!Files.exists(DEVICE)) {
      return Optional.of(DEVICE + " does not exist; load the kernel module with: modprobe tun");
    }
    if (!Files.isReadable(DEVICE) || !Files.isWritable(DEVICE)) {
      return Optional.of(
          DEVICE + " is not readable and writable for this user; as root: chmod 666 " + DEVICE);
    }
    return namespaceRefused();
  }

  private static Optional<String> namespaceRefused() {
    var refused = new CompletableFuture<Optional<String>>();
    // the namespace of this attempt ends with its thread
    Thread.ofPlatform().daemon().name("lab-requirements").start(() -> refused.complete(attempt()));
    return refused.join();
  }

  private static Optional<String> attempt() {
    try {
      NetworkNamespace.unshare();
      return Optional.empty();
    } catch (PosixException | RuntimeException e) {
      return Optional.of(
          "it may not make a network namespace ("
              + e.getMessage()
              + "); run as root, or start the program with: unshare -Ur");
    }
  }
}
