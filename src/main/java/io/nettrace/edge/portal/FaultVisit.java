package io.nettrace.edge.portal;

import io.nettrace.platform.web.ShortAnswer;
import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * Finds out who sees the page of a fault, so that its header does not ask the signed in to sign in.
 * A fault of ours is never asked about twice: after an exception the database is left alone, and
 * when the session cannot be read the page is shown without it.
 */
@WebFilter(urlPatterns = "/fault", dispatcherTypes = DispatcherType.ERROR)
public class FaultVisit extends HttpFilter {
  private static final Logger LOG = System.getLogger(FaultVisit.class.getName());

  private final transient Visits visits;

  @Inject
  FaultVisit(Visits visits) {
    this.visits = visits;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getAttribute(Visit.NAME) == null
        && request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) == null
        && ShortAnswer.isForAPerson(request)
        && visits.token(request).isPresent()) {
      try {
        request.setAttribute(Visit.NAME, visits.of(PortalPage.LANDING, Optional.empty(), request));
      } catch (RuntimeException e) {
        LOG.log(Level.DEBUG, "the page of a fault is shown to an unknown visitor", e);
      }
    }
    chain.doFilter(request, response);
  }
}
