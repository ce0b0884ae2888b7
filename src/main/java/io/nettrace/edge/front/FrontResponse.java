package io.nettrace.edge.front;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A response that gives the work permit back when it begins to be written, and that sends clients
 * on to paths of this host: under which name and by which proxy they came is theirs to know.
 */
final class FrontResponse extends HttpServletResponseWrapper {
  private static final String LOCATION = "Location";

  private final String authority;
  private final Runnable onWriting;
  private @Nullable ServletOutputStream stream;
  private @Nullable PrintWriter writer;

  /**
   * @param authority host and port as the client wrote them
   * @param onWriting run at the first byte; must bear being run again
   */
  FrontResponse(HttpServletResponse response, @Nullable String authority, Runnable onWriting) {
    super(response);
    this.authority = authority == null ? "" : authority;
    this.onWriting = onWriting;
  }

  @Override
  public void sendRedirect(String location) throws IOException {
    resetBuffer();
    setStatus(SC_FOUND);
    setHeader(LOCATION, location);
    flushBuffer();
  }

  @Override
  public void setHeader(String name, String value) {
    super.setHeader(name, name.equalsIgnoreCase(LOCATION) ? relative(value) : value);
  }

  @Override
  public void addHeader(String name, String value) {
    super.addHeader(name, name.equalsIgnoreCase(LOCATION) ? relative(value) : value);
  }

  /** The path alone, where an address names the very host that was asked. */
  private String relative(String location) {
    int scheme = location.indexOf("://");
    if (scheme < 0 || authority.isEmpty()) {
      return location;
    }
    URI address = URI.create(location);
    if (!authority.equalsIgnoreCase(address.getRawAuthority())) {
      return location;
    }
    String rest = location.substring(scheme + 3 + address.getRawAuthority().length());
    return rest.startsWith("/") ? rest : "/" + rest;
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    ServletOutputStream known = stream;
    if (known == null) {
      known = new Announced(super.getOutputStream(), onWriting);
      stream = known;
    }
    return known;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    PrintWriter known = writer;
    if (known == null) {
      known = new PrintWriter(new AnnouncedWriter(super.getWriter(), onWriting), false);
      writer = known;
    }
    return known;
  }

  @Override
  public void flushBuffer() throws IOException {
    if (writer != null) {
      writer.flush();
    }
    super.flushBuffer();
  }

  @Override
  public void reset() {
    super.reset();
    stream = null;
    writer = null;
  }

  private static final class AnnouncedWriter extends Writer {
    private final PrintWriter out;
    private final Runnable onWriting;

    AnnouncedWriter(PrintWriter out, Runnable onWriting) {
      this.out = out;
      this.onWriting = onWriting;
    }

    @Override
    public void write(char[] text, int offset, int length) {
      onWriting.run();
      out.write(text, offset, length);
    }

    @Override
    public void flush() {
      out.flush();
    }

    @Override
    public void close() {
      out.close();
    }
  }

  private static final class Announced extends ServletOutputStream {
    private final ServletOutputStream out;
    private final Runnable onWriting;

    Announced(ServletOutputStream out, Runnable onWriting) {
      this.out = out;
      this.onWriting = onWriting;
    }

    @Override
    public void write(int one) throws IOException {
      onWriting.run();
      out.write(one);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      onWriting.run();
      out.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }

    @Override
    public boolean isReady() {
      return out.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      out.setWriteListener(listener);
    }
  }
}
