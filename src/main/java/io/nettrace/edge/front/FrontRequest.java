package io.nettrace.edge.front;

import io.nettrace.platform.web.ClientAddress;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as the application sees it: from the client's own address rather than a proxy's, and
 * with its whole body at hand. Parameters of a form are read from that body.
 */
final class FrontRequest extends HttpServletRequestWrapper {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final ClientAddress client;
  private final byte @Nullable [] body;
  private @Nullable Map<String, String[]> parameters;

  /** {@code body} is null where there is none. */
  FrontRequest(HttpServletRequest request, ClientAddress client, byte @Nullable [] body) {
    super(request);
    this.client = client;
    this.body = body;
  }

  @Override
  public String getRemoteAddr() {
    return client.text();
  }

  @Override
  public String getRemoteHost() {
    return client.text();
  }

  @Override
  public boolean isSecure() {
    return client.isSecure();
  }

  @Override
  public String getScheme() {
    return client.isSecure() ? "https" : "http";
  }

  @Override
  public ServletInputStream getInputStream() throws java.io.IOException {
    return body == null ? super.getInputStream() : new Bytes(body);
  }

  @Override
  public BufferedReader getReader() throws java.io.IOException {
    return body == null
        ? super.getReader()
        : new BufferedReader(
            new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8));
  }

  @Override
  public @Nullable String getParameter(String name) {
    if (body == null) {
      return super.getParameter(name);
    }
    String[] values = parameters().get(name);
    return values == null ? null : values[0];
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return body == null
        ? super.getParameterNames()
        : Collections.enumeration(parameters().keySet());
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    return body == null ? super.getParameterValues(name) : parameters().get(name);
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    return body == null ? super.getParameterMap() : Collections.unmodifiableMap(parameters());
  }

  private Map<String, String[]> parameters() {
    Map<String, String[]> known = parameters;
    if (known == null) {
      Map<String, List<String>> all = new LinkedHashMap<>();
      add(all, getQueryString());
      String type = getContentType();
      if (type != null && type.toLowerCase(Locale.ROOT).startsWith(FORM) && body != null) {
        add(all, new String(body, StandardCharsets.UTF_8));
      }
      known = new LinkedHashMap<>();
      for (Map.Entry<String, List<String>> one : all.entrySet()) {
        known.put(one.getKey(), one.getValue().toArray(new String[0]));
      }
      parameters = known;
    }
    return known;
  }

  private static void add(Map<String, List<String>> all, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      return;
    }
    for (String pair : text.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        all.computeIfAbsent(decoded(name), _ -> new ArrayList<>()).add(decoded(value));
      }
    }
  }

  /** A malformed escape stands for itself. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static final class Bytes extends ServletInputStream {
    private final ByteArrayInputStream in;

    Bytes(byte[] body) {
      this.in = new ByteArrayInputStream(body);
    }

    @Override
    public int read() {
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      return in.read(bytes, offset, length);
    }

    @Override
    public int available() {
      return in.available();
    }

    @Override
    public boolean isFinished() {
      return in.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("the body is here already; read it");
    }
  }
}
