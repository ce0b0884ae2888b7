package io.nettrace.lab.cli;

import io.nettrace.lab.Lab;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A door to a running lab for people on the same machine and of the same account: one line with an
 * event in, one line back. {@link FireCommand} is the other end.
 */
public final class LabControl implements AutoCloseable {
  /** The socket's usual file name. */
  public static final String SOCKET = "lab.sock";

  static final String DONE = "ok";
  private static final int LONGEST_LINE = 4_096;
  private static final Logger LOG = Logger.getLogger(LabControl.class.getName());

  private final Lab lab;
  private final ServerSocketChannel door;
  private final Path socket;

  private LabControl(Lab lab, ServerSocketChannel door, Path socket) {
    this.lab = lab;
    this.door = door;
    this.socket = socket;
  }

  /** Listens on {@code socket}, replacing what an earlier process left there. */
  public static LabControl listen(Lab lab, Path socket) throws IOException {
    Files.deleteIfExists(socket);
    ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    door.bind(UnixDomainSocketAddress.of(socket));
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
    LabControl control = new LabControl(lab, door, socket);
    Thread.ofPlatform().daemon().name("lab-control").start(control::serve);
    return control;
  }

  @Override
  public void close() throws IOException {
    door.close();
    Files.deleteIfExists(socket);
  }

  private void serve() {
    while (door.isOpen()) {
      try (SocketChannel visitor = door.accept()) {
        String line = readLine(visitor);
        String answer = obey(line);
        LOG.log(Level.INFO, "Lab: {0}: {1}", new Object[] {line, answer});
        visitor.write(StandardCharsets.UTF_8.encode(answer + "\n"));
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        LOG.log(Level.FINE, "A visitor of the lab left early: {0}", e.getMessage());
      }
    }
  }

  private String obey(String line) {
    try {
      lab.schedule(EventText.parse(line));
      return DONE;
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** What the other end wrote until its line ended; a longer line is cut off and so refused. */
  static String readLine(SocketChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(LONGEST_LINE);
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
      int last = buffer.position() - 1;
      if (last >= 0 && buffer.get(last) == '\n') {
        break;
      }
    }
    return StandardCharsets.UTF_8.decode(buffer.flip()).toString().strip();
  }
}
