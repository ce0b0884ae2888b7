package io.nettrace.edge.front;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Health as customers see it: UP or DOWN and nothing of the inside. That the process lives is told
 * at once; what has to be looked up is looked up once a second, however often it is asked for.
 */
final class PublicHealth {
  private static final String ROOT = "/health";
  private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Map<String, Checked> checked = new ConcurrentHashMap<>();
  private final ReentrantLock checking = new ReentrantLock();

  private record Checked(boolean isUp, long atNanos) {}

  static boolean isAt(String path) {
    return path.equals(ROOT) || path.startsWith(ROOT + "/");
  }

  void answer(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    switch (request.getRequestURI()) {
      case ROOT + "/live" -> tell(response, true);
      case ROOT, ROOT + "/", ROOT + "/ready", ROOT + "/started" ->
          tell(response, isUp(request, response, chain));
      default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
  }

  private boolean isUp(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String path = request.getRequestURI();
    Checked last = checked.get(path);
    if (last != null && System.nanoTime() - last.atNanos < KEPT_NANOS) {
      return last.isUp;
    }
    if (last != null && !checking.tryLock()) {
      return last.isUp; // it is being looked up
    }
    if (last == null) {
      checking.lock();
    }
    try {
      Silent silent = new Silent(response);
      chain.doFilter(request, silent);
      boolean isUp = silent.getStatus() == HttpServletResponse.SC_OK;
      checked.put(path, new Checked(isUp, System.nanoTime()));
      return isUp;
    } finally {
      checking.unlock();
    }
  }

  private static void tell(HttpServletResponse response, boolean isUp) throws IOException {
    byte[] body =
        (isUp ? "{\"status\":\"UP\"}" : "{\"status\":\"DOWN\"}").getBytes(StandardCharsets.UTF_8);
    response.setStatus(
        isUp ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    response.setContentType("application/json");
    response.setHeader("Cache-Control", "no-store");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** Keeps the status to itself and lets the rest go nowhere. */
  private static final class Silent extends HttpServletResponseWrapper {
    private final PrintWriter writer =
        new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    private int status = HttpServletResponse.SC_OK;

    Silent(HttpServletResponse response) {
      super(response);
    }

    @Override
    public PrintWriter getWriter() {
      return writer;
    }

    @Override
    public int getStatus() {
      return status;
    }

    @Override
    public void setStatus(int status) {
      this.status = status;
    }

    @Override
    public void sendError(int status) {
      setStatus(status);
    }

    @Override
    public void sendError(int status, String message) {
      setStatus(status);
    }

    @Override
    public void setHeader(String name, String value) {
      // nothing is sent
    }

    @Override
    public void addHeader(String name, String value) {
      // nothing is sent
    }

    @Override
    public void setContentType(String type) {
      // nothing is sent
    }

    @Override
    public void setCharacterEncoding(String encoding) {
      // nothing is sent
    }

    @Override
    public void setContentLength(int bytes) {
      // nothing is sent
    }

    @Override
    public void setContentLengthLong(long bytes) {
      // nothing is sent
    }

    @Override
    public void flushBuffer() {
      // nothing is sent
    }

    @Override
    public ServletOutputStream getOutputStream() {
      return new ServletOutputStream() {
        @Override
        public void write(int one) {
          // nothing is sent
        }

        @Override
        public boolean isReady() {
          return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
          throw new IllegalStateException("there is no listener");
        }
      };
    }
  }
}
