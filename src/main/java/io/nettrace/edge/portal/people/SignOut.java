package io.nettrace.edge.portal.people;

import io.nettrace.edge.portal.Visit;
import io.nettrace.identity.Session;
import io.nettrace.identity.Sessions;
import io.nettrace.platform.web.SessionCookie;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Ends the session, on every node. */
@WebServlet("/sign-out")
public class SignOut extends HttpServlet {
  private final transient Sessions sessions;

  @Inject
  SignOut(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Visit visit = Visit.of(request);
    Optional<Session> session = visit.session();
    if (session.isPresent()) {
      boolean _ = sessions.revoke(visit.actor(), session.get().accountId(), session.get().id());
    }
    response.addHeader("Set-Cookie", SessionCookie.gone(visit.isSecure()));
    response.setHeader("Clear-Site-Data", SessionCookie.forgotten());
    response.setHeader("Cache-Control", "no-store");
    response.sendRedirect("/sign-in?left");
  }
}
