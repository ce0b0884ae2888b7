package io.nettrace.platform.web;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request without a session on the server. Component libraries that insist on one get one that
 * lives as long as the request: nothing is kept in this node's memory, no second cookie is set, and
 * any node answers the next request. Parameters that are Faces' own, such as a view state, are not
 * there: pages keep no state, and one that was made up would be taken apart with a long trace.
 */
public final class SessionlessRequest extends HttpServletRequestWrapper {
  private static final String OF_FACES = "jakarta.faces.";

  private @Nullable Passing session;

  public SessionlessRequest(HttpServletRequest request) {
    super(request);
  }

  @Override
  public @Nullable String getParameter(String name) {
    return isOfFaces(name) ? null : super.getParameter(name);
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    return isOfFaces(name) ? null : super.getParameterValues(name);
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    Map<String, String[]> kept = new LinkedHashMap<>(super.getParameterMap());
    kept.keySet().removeIf(SessionlessRequest::isOfFaces);
    return Collections.unmodifiableMap(kept);
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(getParameterMap().keySet());
  }

  private static boolean isOfFaces(String name) {
    return name.startsWith(OF_FACES);
  }

  @Override
  public HttpSession getSession() {
    if (session == null) {
      session = new Passing(getServletContext());
    }
    return session;
  }

  @Override
  public @Nullable HttpSession getSession(boolean create) {
    return create ? getSession() : session;
  }

  @Override
  public String changeSessionId() {
    return getSession().getId();
  }

  @Override
  public boolean isRequestedSessionIdValid() {
    return false;
  }

  /** Gone with its request. */
  private static final class Passing implements HttpSession {
    private static final int SECONDS = 60;

    private final ServletContext context;
    private final String id = UUID.randomUUID().toString();
    private final Map<String, Object> attributes = new HashMap<>();

    Passing(ServletContext context) {
      this.context = context;
    }

    @Override
    public long getCreationTime() {
      return 0;
    }

    @Override
    public String getId() {
      return id;
    }

    @Override
    public long getLastAccessedTime() {
      return 0;
    }

    @Override
    public ServletContext getServletContext() {
      return context;
    }

    @Override
    public void setMaxInactiveInterval(int interval) {
      // it does not last that long
    }

    @Override
    public int getMaxInactiveInterval() {
      return SECONDS;
    }

    @Override
    public @Nullable Object getAttribute(String name) {
      return attributes.get(name);
    }

    @Override
    public Enumeration<String> getAttributeNames() {
      return Collections.enumeration(attributes.keySet());
    }

    @Override
    public void setAttribute(String name, Object value) {
      attributes.put(name, value);
    }

    @Override
    public void removeAttribute(String name) {
      attributes.remove(name);
    }

    @Override
    public void invalidate() {
      attributes.clear();
    }

    @Override
    public boolean isNew() {
      return true;
    }
  }
}
