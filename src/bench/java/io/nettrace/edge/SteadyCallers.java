package io.nettrace.edge;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Calls at a steady rate, each over one of some kept connections. A call's time counts from when it
 * was to be made, not from when it could be: a server that stalls is not measured less often.
 */
final class SteadyCallers {
  private static final int CONNECTIONS = 16;

  /** Milliseconds of the calls that were answered with 200, and how often each status came. */
  record Outcome(List<Double> millis, Map<Integer, Integer> statuses) {}

  private final int port;
  private final String path;
  private final List<String> keys;
  private final double perSecond;

  /** The keys are used in turn. */
  SteadyCallers(int port, String path, List<String> keys, double perSecond) {
    this.port = port;
    this.path = path;
    this.keys = keys;
    this.perSecond = perSecond;
  }

  Outcome call(int seconds) throws Exception {
    long start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50);
    long calls = Math.round(perSecond * seconds);
    List<Callable<Outcome>> lines = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      int line = i;
      lines.add(() -> call(start, line, calls));
    }
    Outcome all = new Outcome(new ArrayList<>(), new TreeMap<>());
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      for (Future<Outcome> one : threads.invokeAll(lines)) {
        all.millis.addAll(one.get().millis);
        one.get().statuses.forEach((status, n) -> all.statuses.merge(status, n, Integer::sum));
      }
    }
    return all;
  }

  private Outcome call(long start, int first, long calls) throws Exception {
    Outcome outcome = new Outcome(new ArrayList<>(), new TreeMap<>());
    try (Line line = new Line(port)) {
      for (long i = first; i < calls; i += CONNECTIONS) {
        long due = start + (long) (i * 1e9 / perSecond);
        long early = due - System.nanoTime();
        if (early > 0) {
          TimeUnit.NANOSECONDS.sleep(early);
        }
        int status = line.get(path, keys.get((int) (i % keys.size())));
        double millis = (System.nanoTime() - due) / 1e6;
        outcome.statuses.merge(status, 1, Integer::sum);
        if (status == 200) {
          outcome.millis.add(millis);
        }
      }
    }
    return outcome;
  }

  /** A connection that is opened again when the server closes it. */
  private static final class Line implements AutoCloseable {
    private final int port;
    private Socket socket = new Socket();
    private InputStream in = InputStream.nullInputStream();
    private boolean open;

    Line(int port) {
      this.port = port;
    }

    int get(String path, String key) throws IOException {
      boolean fresh = !open;
      try {
        return exchange(path, key);
      } catch (IOException e) {
        close();
        if (fresh) {
          throw e;
        }
        return exchange(path, key); // it was closed just then
      }
    }

    private int exchange(String path, String key) throws IOException {
      if (!open) {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
        open = true;
      }
      String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nX-API-Key: " + key;
      socket.getOutputStream().write((request + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      int status = Integer.parseInt(line().split(" ", 3)[1]);
      long length = 0;
      boolean closes = false;
      boolean chunked = false;
      for (String header = line(); !header.isEmpty(); header = line()) {
        String lower = header.toLowerCase(Locale.ROOT);
        if (lower.startsWith("content-length:")) {
          length = Long.parseLong(lower.substring(lower.indexOf(':') + 1).strip());
        } else if (lower.startsWith("transfer-encoding:")) {
          chunked = true;
        }
        closes |= lower.equals("connection: close");
      }
      in.skipNBytes(length);
      if (chunked) {
        skipChunks();
      }
      if (closes) {
        close();
      }
      return status;
    }

    private void skipChunks() throws IOException {
      int size;
      do {
        size = Integer.parseInt(line(), 16);
        in.skipNBytes(size + 2L); // and the end of its line
      } while (size > 0);
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) {
          throw new IOException("the server closed the connection");
        }
        if (c != '\r') {
          line.append((char) c);
        }
      }
      return line.toString();
    }

    @Override
    public void close() throws IOException {
      open = false;
      socket.close();
    }
  }
}
