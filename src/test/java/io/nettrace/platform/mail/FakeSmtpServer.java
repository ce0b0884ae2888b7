package io.nettrace.platform.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** As much of SMTP (RFC 5321) as it takes to be given mail, without TLS; on loopback. */
final class FakeSmtpServer implements AutoCloseable {
  private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());

  /** Everything that was ever said to it. */
  final List<String> lines = new CopyOnWriteArrayList<>();

  /** What it answers to RCPT. */
  volatile String recipient = "250 ok";

  FakeSmtpServer() throws IOException {
    Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return socket.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        talk(client);
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void talk(Socket client) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
    PrintWriter out = new PrintWriter(client.getOutputStream(), true, StandardCharsets.US_ASCII);
    out.print("220 fake\r\n");
    out.flush();
    boolean data = false;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      lines.add(line);
      if (data && !line.equals(".")) {
        continue;
      }
      data = line.equals("DATA");
      out.print((data ? "354 go on" : answer(line)) + "\r\n");
      out.flush();
    }
  }

  private String answer(String line) {
    if (line.startsWith("RCPT")) {
      return recipient;
    }
    return line.equals("QUIT") ? "221 bye" : "250 ok";
  }
}
