package io.nettrace.edge.portal.record;

import io.nettrace.edge.portal.Visit;
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
 * {@code totals}. Each connection ends after some minutes, so that the browser's next one is asked
 * again who it is.
 */
@WebServlet(urlPatterns = "/live", asyncSupported = true)
public class Live extends HttpServlet {
  private final transient LiveRows rows;

  @Inject
  Live(LiveRows rows) {
    this.rows = rows;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Visit visit = Visit.of(request);
    if (rows.isFull()) {
      response.setHeader("Retry-After", "30");
      response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
      return;
    }
    response.setContentType("text/event-stream;charset=UTF-8");
    response.setHeader("Cache-Control", "no-store, no-transform");
    response.setHeader("X-Accel-Buffering", "no");
    AsyncContext context = request.startAsync();
    context.setTimeout(LiveRows.LONGEST.toMillis());
    Listener listener =
        new Listener(context, visit.hasOwnTargets() ? visit.tenant() : Optional.empty());
    context.addListener(new Leaving(listener, rows));
    rows.add(listener, Optional.ofNullable(request.getParameter("from")));
  }
}
