package io.nettrace.launcher;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A client without a key that asks again and again, and keeps every answer. */
final class Caller implements AutoCloseable {
  private static final int EVERY_MILLIS = 20;
  private static final int PATIENCE_MILLIS = 5_000;
  private static final List<String> REQUESTS =
      List.of(
          request("GET", "/api/v1/targets", ""),
          request("GET", "/api/v1/targets", "Accept: text/html\r\n"),
          request("POST", "/api/v1/custom-targets", "Content-Length: 2\r\n") + "{}");

  private final int port;
  private final List<String> answers = new ArrayList<>();
  private final Thread thread;
  private final CountDownLatch answered = new CountDownLatch(1);
  private volatile boolean closed;

  private Caller(int port) {
    this.port = port;
    this.thread = Thread.ofPlatform().daemon().name("caller").unstarted(this::ask);
  }

  static Caller of(int port) {
    Caller caller = new Caller(port);
    caller.thread.start();
    return caller;
  }

  private static String request(String method, String path, String headers) {
    return "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n"
        .formatted(method, path, headers);
  }

  private void ask() {
    for (int i = 0; !closed; i++) {
      String request = REQUESTS.get(i % REQUESTS.size());
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        if (!answer.isEmpty()) {
          answers.add(answer);
          answered.countDown();
        }
      } catch (IOException e) {
        // nothing listens
      }
      try {
        TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  void awaitAnswer() throws InterruptedException {
    answered.await();
  }

  /** Stops asking, and tells every answer there was. */
  List<String> answers() throws InterruptedException {
    close();
    thread.join();
    return List.copyOf(answers);
  }

  @Override
  public void close() {
    closed = true;
  }

  /** As the application answers it, or as it is refused while there is none. */
  static boolean isProper(String answer) {
    boolean isProblem = answer.contains("\r\nContent-Type: application/problem+json");
    return isProblem
        && (answer.startsWith("HTTP/1.1 401")
            || answer.startsWith("HTTP/1.1 406")
            || (answer.startsWith("HTTP/1.1 503") && answer.contains("\r\nRetry-After: ")));
  }
}
