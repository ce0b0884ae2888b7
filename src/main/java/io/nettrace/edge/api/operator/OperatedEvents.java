package io.nettrace.edge.api.operator;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.nettrace.edge.api.http.ApiJson;
import io.nettrace.edge.api.http.BadRequests;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.platform.Service;
import io.nettrace.platform.event.EventLog;
import io.nettrace.platform.event.LoggedEvent;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.Tenants;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happened, and who changed what: events and audit entries as an operator reads them. */
@Path("events")
@Produces("application/json")
@Service
public class OperatedEvents {
  private static final int STANDARD_LIMIT = 100;
  private static final int MOST_LIMIT = 1000;

  private final EventLog log;
  private final Tenants tenants;

  /**
   * One of them.
   *
   * @param tenant the slug, as long as there is the tenant
   */
  private record View(
      long seq,
      Instant at,
      @Nullable UUID tenantId,
      @Nullable String tenant,
      String type,
      String subject,
      String actor,
      @JsonRawValue String details) {}

  /**
   * A page.
   *
   * @param next to be given as {@code after} for what came later
   */
  private record Listed(List<View> items, @Nullable Long next) {}

  @Inject
  OperatedEvents(EventLog log, Tenants tenants) {
    this.log = log;
    this.tenants = tenants;
  }

  /** The newest, or those after one; the oldest of them first. */
  @GET
  public Response list(@Context UriInfo address) {
    QueryParameters query = QueryParameters.of(address, "tenant", "type", "after", "limit");
    OptionalLong after = query.text("after").stream().mapToLong(OperatedEvents::number).findFirst();
    EventLog.Filter filter =
        new EventLog.Filter(query.text("tenant").map(this::tenant), query.text("type"));
    List<LoggedEvent> found =
        log.list(filter, after, query.integer("limit", STANDARD_LIMIT, 1, MOST_LIMIT));
    Optional<Long> last =
        found.isEmpty() ? after.stream().boxed().findFirst() : Optional.of(found.getLast().seq());
    return Response.ok(ApiJson.bytes(new Listed(views(found), last.orElse(null))))
        .header("Cache-Control", "no-store")
        .build();
  }

  /** A slug, or the identifier of a tenant that may be gone. */
  private UUID tenant(String text) {
    return tenants
        .bySlug(text)
        .map(Tenant::id)
        .or(() -> uuid(text))
        .orElseThrow(() -> OperatedTenants.unknown(text));
  }

  private static Optional<UUID> uuid(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static long number(String text) {
    try {
      long number = Long.parseLong(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // refused below, like one below 0
    }
    throw BadRequests.parameter("after", "must be the seq of an event, or 0");
  }

  private List<View> views(List<LoggedEvent> found) {
    return found.stream().map(this::view).toList();
  }

  private View view(LoggedEvent event) {
    return new View(
        event.seq(),
        event.at(),
        event.tenantId().orElse(null),
        event.tenantId().flatMap(tenants::find).map(Tenant::slug).orElse(null),
        event.type(),
        event.subject(),
        event.actor(),
        event.details());
  }
}
