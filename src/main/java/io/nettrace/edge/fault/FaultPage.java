package io.nettrace.edge.fault;

import io.nettrace.platform.Causes;
import io.nettrace.platform.DatabaseUnavailableException;
import io.nettrace.platform.problem.Problem;
import io.nettrace.platform.problem.Problems;
import io.nettrace.platform.problem.TraceId;
import io.nettrace.platform.web.ClientFaults;
import io.nettrace.platform.web.PageGate;
import io.nettrace.platform.web.SessionlessRequest;
import io.nettrace.platform.web.ShortAnswer;
import jakarta.inject.Inject;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Where the container's errors are dispatched to; asked for directly it is not there. A person's
 * browser gets a page, a program a problem document.
 */
@WebServlet("/fault")
public class FaultPage extends HttpServlet {
  private static final Logger LOG = System.getLogger(FaultPage.class.getName());
  private static final String PAGE = "/WEB-INF/pages/fault.xhtml";

  private final transient PageGate gate;

  @Inject
  FaultPage(PageGate gate) {
    this.gate = gate;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    Problem problem = problem(request);
    String traceId = TraceId.of(request.getHeader("traceparent"));
    if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable thrown
        && !ClientFaults.tell(thrown, traceId)) {
      LOG.log(
          problem.status() == 503 ? Level.DEBUG : Level.ERROR,
          "request " + traceId + " failed",
          thrown);
    }
    response.setStatus(problem.status());
    response.setHeader("Cache-Control", "no-store");
    problem
        .retryAfterSeconds()
        .ifPresent(seconds -> response.setHeader("Retry-After", Integer.toString(seconds)));
    if (ShortAnswer.isForAPerson(request)) {
      request.setAttribute("problem", problem);
      request.setAttribute("traceId", traceId);
      boolean isRendered =
          gate.<ServletException>render(
              request,
              () ->
                  request
                      .getRequestDispatcher(PAGE)
                      .forward(new SessionlessRequest(request), response));
      if (!isRendered) {
        ShortAnswer.send(request, response, problem);
      }
    } else {
      write(problem, traceId, request, response);
    }
  }

  private static Problem problem(HttpServletRequest request) {
    if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable thrown) {
      if (Causes.first(thrown, DatabaseUnavailableException.class).isPresent()) {
        return Problems.databaseUnavailable();
      }
      if (ClientFaults.isOne(thrown)) {
        return Problems.of(HttpServletResponse.SC_BAD_REQUEST);
      }
    }
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    return Problems.of(status instanceof Integer code ? code : 404);
  }

  private static void write(
      Problem problem, String traceId, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    String instance = path == null ? request.getRequestURI() : path.toString();
    response.setCharacterEncoding(null); // the container's own, which JSON never has
    response.setContentType(Problem.MEDIA_TYPE);
    byte[] body = problem.json(instance, traceId);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
