package io.nettrace.posix;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.testing.Machine;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NetworkNamespaceIT {

  @Test
  void aThreadThatEntersSeesTheInterfacesOfTheNamespaceAndTheOthersDoNot() throws Exception {
    assumeNamespaces();
    var made = new CompletableFuture<Path>();
    var seen = new CompletableFuture<String>();
    Thread owner =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    NetworkNamespace.unshare();
                    try (Tun tun = Tun.open("lab-test")) {
                      configure(tun);
                      made.complete(NetworkNamespace.ofThisThread());
                      var _ = seen.handle((_, _) -> true).get(30, TimeUnit.SECONDS);
                    }
                  } catch (Exception e) {
                    made.completeExceptionally(e);
                  }
                });
    Path namespace = made.get(30, TimeUnit.SECONDS);
    Thread.ofPlatform()
        .start(
            () -> {
              try {
                NetworkNamespace.enter(namespace);
                seen.complete(interfaces());
              } catch (Exception e) {
                seen.completeExceptionally(e);
              }
            });
    assertThat(seen.get(30, TimeUnit.SECONDS)).contains("lab-test");
    assertThat(interfaces()).doesNotContain("lab-test");
    owner.join();
  }

  @Test
  void whatTheKernelSendsOutOfATunIsRead() throws Exception {
    assumeNamespaces();
    var firstByte = new CompletableFuture<Integer>();
    Thread.ofPlatform()
        .start(
            () -> {
              try {
                NetworkNamespace.unshare();
                firstByte.complete(firstByteOfAPacketTo("198.18.0.9"));
              } catch (Exception e) {
                firstByte.completeExceptionally(e);
              }
            });
    assertThat(firstByte.get(30, TimeUnit.SECONDS)).isEqualTo(0x45);
  }

  private static int firstByteOfAPacketTo(String address) throws Exception {
    try (Tun tun = Tun.open("lab-test");
        var socket = new java.net.DatagramSocket()) {
      configure(tun);
      NativeBuffer buffer = NativeBuffer.allocate(2048);
      socket.send(
          new java.net.DatagramPacket(new byte[8], 8, InetAddress.getByName(address), 33434));
      while (tun.read(buffer) != 20 + 8 + 8) { // IPv6 has something to say on a new interface too
        assertThat(tun.awaitReadable(TimeUnit.SECONDS.toNanos(5))).isTrue();
      }
      return buffer.bytes().get(0) & 0xff;
    }
  }

  private static void configure(Tun tun) throws Exception {
    NetworkInterface.named("lo").up();
    NetworkInterface.named(tun.name())
        .queueLength(1_000)
        .address(InetAddress.getByName("198.18.0.1"), 32)
        .address(InetAddress.getByName("2001:db8::1"), 128)
        .up()
        .defaultRoute4()
        .defaultRoute6();
  }

  private static String interfaces() throws Exception {
    return Files.readString(Path.of("/proc/thread-self/net/dev"));
  }

  private static void assumeNamespaces() {
    Machine.LAB.require(
        Files.isWritable(Path.of(Tun.DEVICE))
            ? Optional.empty()
            : Optional.of(Tun.DEVICE + " is not writable"));
    var denied = new CompletableFuture<String>();
    Thread.ofPlatform()
        .start(
            () -> {
              try {
                NetworkNamespace.unshare();
                denied.complete("");
              } catch (PosixException e) {
                denied.complete(String.valueOf(e.getMessage()));
              }
            });
    Machine.LAB.require(Optional.of(denied.join()).filter(reason -> !reason.isEmpty()));
  }
}
