package io.nettrace.edge.portal;

import io.nettrace.desk.Decision;
import io.nettrace.desk.Desk;
import io.nettrace.identity.Session;
import io.nettrace.identity.Sessions;
import io.nettrace.platform.Service;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Rights of connections that stay open, asked again for as long as they do: a session that was
 * ended, a member who was removed, a plan that was changed must not go on receiving.
 */
@Service
public class OpenRights {
  private final Sessions sessions;
  private final Visits visits;
  private final Desk desk;

  /** What a connection was opened with. */
  public record Held(String token, Visit visit) {}

  @Inject
  OpenRights(Sessions sessions, Visits visits, Desk desk) {
    this.desk = desk;
    this.sessions = sessions;
    this.visits = visits;
  }

  /** Of a request that the door let in. */
  public Optional<Held> of(HttpServletRequest request) {
    Visit visit = Visit.of(request);
    return visits.token(request).map(token -> new Held(token, visit));
  }

  /**
   * The visits as they are now, of those who would still be let in, and for the same tenant. One
   * query for all; it does not count as a visit, so a page left open does not keep a session alive.
   */
  public Map<Held, Visit> stillHeld(Collection<Held> all) {
    Map<String, Session> live =
        sessions.live(all.stream().map(Held::token).collect(Collectors.toSet()));
    Map<Held, Visit> still = new HashMap<>();
    for (Held held : all) {
      Session session = live.get(held.token());
      if (session != null && session.tenantId().equals(tenant(held))) {
        Visit now = visits.again(held.visit(), session);
        if (now.decision(desk) instanceof Decision.Allowed) {
          still.put(held, now);
        }
      }
    }
    return still;
  }

  private static Optional<UUID> tenant(Held held) {
    return held.visit().session().flatMap(Session::tenantId);
  }
}
