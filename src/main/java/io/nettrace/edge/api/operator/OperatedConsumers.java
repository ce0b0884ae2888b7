package io.nettrace.edge.api.operator;

import io.nettrace.edge.api.http.ApiJson;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.edge.api.http.RefusalException;
import io.nettrace.platform.Service;
import io.nettrace.platform.event.ConsumerState;
import io.nettrace.platform.event.DeadLetter;
import io.nettrace.platform.event.EventConsumers;
import io.nettrace.platform.problem.Problem;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Consumers of events as an operator sees them, and the events that they gave up. */
@Path("event-consumers")
@Produces("application/json")
@Service
public class OperatedConsumers {
  private static final int STANDARD_LIMIT = 100;
  private static final int MOST_LIMIT = 1000;

  private final EventConsumers consumers;

  private record View(
      String name,
      @Nullable Instant oldestWaitingAt,
      int failures,
      @Nullable String failure,
      @Nullable Instant retryAt,
      long deadLetters) {}

  private record LetterView(
      long seq,
      @Nullable UUID tenantId,
      String type,
      String subject,
      String actor,
      Instant at,
      Instant diedAt,
      String reason) {}

  private record Listed<T>(List<T> items) {}

  @Inject
  OperatedConsumers(EventConsumers consumers) {
    this.consumers = consumers;
  }

  @GET
  public Response list(@Context UriInfo address) {
    QueryParameters _ = QueryParameters.of(address);
    return ok(new Listed<>(consumers.states().stream().map(OperatedConsumers::view).toList()));
  }

  /** In the order of {@code seq}, after the one of {@code after}. */
  @GET
  @Path("{name}/dead-letters")
  public Response deadLetters(@PathParam("name") String name, @Context UriInfo address) {
    QueryParameters query = QueryParameters.of(address, "after", "limit");
    List<DeadLetter> letters =
        consumers
            .deadLetters(
                name,
                query.number("after", 0, 0, Long.MAX_VALUE),
                query.integer("limit", STANDARD_LIMIT, 1, MOST_LIMIT))
            .orElseThrow(() -> unknownConsumer(name));
    return ok(new Listed<>(letters.stream().map(OperatedConsumers::view).toList()));
  }

  @POST
  @Path("{name}/dead-letters/{seq}/replay")
  public Response replay(@PathParam("name") String name, @PathParam("seq") String seq) {
    if (!consumers.replay(OperatorFilter.ACTOR, name, number(name, seq))) {
      throw unknownLetter(name, seq);
    }
    return Response.noContent().build();
  }

  @DELETE
  @Path("{name}/dead-letters/{seq}")
  public Response drop(@PathParam("name") String name, @PathParam("seq") String seq) {
    if (!consumers.drop(OperatorFilter.ACTOR, name, number(name, seq))) {
      throw unknownLetter(name, seq);
    }
    return Response.noContent().build();
  }

  private static long number(String name, String seq) {
    try {
      return Long.parseLong(seq);
    } catch (NumberFormatException e) {
      throw unknownLetter(name, seq);
    }
  }

  private static RefusalException unknownConsumer(String name) {
    return new RefusalException(
        Problem.of(
            "unknown-consumer",
            "No such consumer",
            404,
            "There is no consumer "
                + name
                + ". GET /operator/v1/event-consumers lists those that there are."));
  }

  private static RefusalException unknownLetter(String name, String seq) {
    return new RefusalException(
        Problem.of(
            "unknown-dead-letter",
            "No such event",
            404,
            "Consumer %1$s has not given up an event %2$s; it may have been replayed or dropped. GET"
                    .formatted(name, seq)
                + " /operator/v1/event-consumers/%s/dead-letters lists those that it has."
                    .formatted(name)));
  }

  private static View view(ConsumerState state) {
    return new View(
        state.name(),
        state.oldestWaiting().orElse(null),
        state.failures(),
        state.failure().orElse(null),
        state.retryAt().orElse(null),
        state.deadLetters());
  }

  private static LetterView view(DeadLetter letter) {
    return new LetterView(
        letter.event().seq(),
        letter.event().tenantId().orElse(null),
        letter.event().type(),
        letter.event().subject(),
        letter.event().actor(),
        letter.event().at(),
        letter.diedAt(),
        letter.reason());
  }

  private static Response ok(Object view) {
    return Response.ok(ApiJson.bytes(view)).header("Cache-Control", "no-store").build();
  }
}
