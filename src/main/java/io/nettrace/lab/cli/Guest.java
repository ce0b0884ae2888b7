package io.nettrace.lab.cli;

import io.nettrace.lab.Lab;
import io.nettrace.posix.MountNamespace;
import io.nettrace.posix.NetworkNamespace;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A program that runs inside a lab: it sees the lab's network and resolves the lab's names. */
final class Guest {
  private static final Path ETC = Path.of("/etc");

  private Guest() {}

  /** Starts the program with this process's own input and output. */
  static Process start(Lab lab, List<String> command) throws IOException {
    var started = new CompletableFuture<Process>();
    // namespaces belong to threads, and a program is born into those of the thread that starts it
    Thread.ofPlatform()
        .name("lab-guest")
        .start(
            () -> {
              try {
                NetworkNamespace.enter(lab.namespace());
                MountNamespace.unshare();
                showNames(lab);
                started.complete(new ProcessBuilder(command).inheritIO().start());
              } catch (IOException | RuntimeException e) {
                started.completeExceptionally(e);
              }
            });
    return await(started, command);
  }

  private static void showNames(Lab lab) throws IOException {
    show("resolv.conf", "nameserver " + lab.nameserver().getAddress().getHostAddress() + "\n");
    show("hosts", "127.0.0.1 localhost\n::1 localhost\n");
    show("nsswitch.conf", "hosts: files dns\npasswd: files\ngroup: files\n");
  }

  private static void show(String name, String content) throws IOException {
    Path target = ETC.resolve(name);
    if (!Files.exists(target)) {
      return; // there is nothing to put it in place of
    }
    Path file = Files.createTempFile("nettrace-lab-", name);
    try {
      Files.writeString(file, content);
      var _ = file.toFile().setReadable(true, false);
      MountNamespace.bind(file, target);
    } finally {
      Files.delete(file); // the mount keeps it
    }
  }

  /** Waits for the program; its exit code, or 128 and the signal's number as shells say. */
  static int await(Process guest) throws InterruptedException {
    Thread farewell = new Thread(() -> leave(guest), "lab-farewell");
    Runtime.getRuntime().addShutdownHook(farewell);
    int code = guest.waitFor();
    try {
      var _ = Runtime.getRuntime().removeShutdownHook(farewell);
    } catch (IllegalStateException _) {
      farewell.join(); // this process is ending already
    }
    return code;
  }

  /**
   * When this process has to end, so has the program. At a terminal both were interrupted by the
   * same key, and the program, a shell for instance, decides what that means.
   */
  private static void leave(Process guest) {
    if (!Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false)) {
      guest.destroy();
    }
    guest.onExit().join();
  }

  private static Process await(CompletableFuture<Process> started, List<String> command)
      throws IOException {
    try {
      return started.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      String why = cause == null ? "unknown" : String.valueOf(cause.getMessage());
      throw new IOException("cannot run " + command.getFirst() + " in the lab: " + why, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while starting " + command.getFirst(), e);
    }
  }
}
