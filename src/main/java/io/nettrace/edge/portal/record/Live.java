package io.nettrace.edge.portal.record;

import io.nettrace.edge.portal.OpenRights;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * What open overviews listen to: server-sent events, {@code rows} with those that changed and
 * {@code totals}. Rights are asked again at each tick; each connection ends after some minutes all
 * the same, so that nodes share the work.
 */
@WebServlet(urlPatterns = "/live", asyncSupported = true)
public class Live extends HttpServlet {
  private static final int TOO_MANY = 429;

  private final transient LiveRows rows;
  private final transient OpenRights rights;

  @Inject
  Live(LiveRows rows, OpenRights rights) {
    this.rows = rows;
    this.rights = rights;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<OpenRights.Held> held = rights.of(request);
    Optional<String> from = Optional.ofNullable(request.getParameter("from"));
    if (held.isEmpty() || !rows.knows(from)) {
      response.sendError(HttpServletResponse.SC_BAD_REQUEST);
      return;
    }
    if (!rows.admit(held.get(), () -> open(request, response, held.get(), from))) {
      response.setHeader("Retry-After", "30");
      response.sendError(TOO_MANY);
    }
  }

  private Listener open(
      HttpServletRequest request,
      HttpServletResponse response,
      OpenRights.Held held,
      Optional<String> from)
      throws IOException {
    response.setContentType("text/event-stream;charset=UTF-8");
    response.setHeader("Cache-Control", "no-store, no-transform");
    response.setHeader("X-Accel-Buffering", "no");
    response.setHeader("Connection", "close"); // it ends with the stream
    AsyncContext context = request.startAsync();
    context.setTimeout(LiveRows.LONGEST.toMillis());
    Listener listener = new Listener(context, held, from);
    context.addListener(new ListenerRemoval(listener, rows));
    return listener;
  }
}
