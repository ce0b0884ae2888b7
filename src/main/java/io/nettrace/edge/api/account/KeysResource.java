package io.nettrace.edge.api.account;

import io.nettrace.apikey.ApiKeys;
import io.nettrace.apikey.IssueOutcome;
import io.nettrace.apikey.KeyKind;
import io.nettrace.apikey.NewKey;
import io.nettrace.desk.Action;
import io.nettrace.desk.Desk;
import io.nettrace.edge.api.http.ApiCaller;
import io.nettrace.edge.api.http.Bodies;
import io.nettrace.edge.api.http.ConstantNames;
import io.nettrace.edge.api.http.Cost;
import io.nettrace.edge.api.http.Ids;
import io.nettrace.edge.api.http.Needs;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.edge.api.http.RefusalException;
import io.nettrace.identity.Permission;
import io.nettrace.metric.Cidr;
import io.nettrace.platform.Service;
import io.nettrace.platform.problem.Problem;
import io.nettrace.platform.problem.Problem.FieldError;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A tenant's keys to the API. */
@Path("keys")
@Produces("application/json")
@Service
public class KeysResource {
  private static final Duration STANDARD_OVERLAP = Duration.ofHours(24);

  private final ApiKeys keys;
  private final Desk desk;

  private record Wish(
      @Nullable String name,
      @Nullable String kind,
      @Nullable List<String> scopes,
      @Nullable List<String> allowedFrom,
      @Nullable Instant expiresAt) {}

  private record Rotation(@Nullable Long overlapSeconds) {}

  private record Listed(List<KeyView> items) {}

  @Inject
  KeysResource(ApiKeys keys, Desk desk) {
    this.keys = keys;
    this.desk = desk;
  }

  /** Live ones, then ended ones, each the newest first. */
  @GET
  @Needs(value = Action.READ_KEYS, cost = Cost.UNMETERED)
  public Response list(@Context SecurityContext security, @Context UriInfo address) {
    QueryParameters.of(address);
    ApiCaller caller = ApiCaller.of(security);
    return Bodies.answer(
        200, new Listed(keys.list(caller.tenant().id()).stream().map(KeyView::of).toList()));
  }

  @GET
  @Path("{id}")
  @Needs(value = Action.READ_KEYS, cost = Cost.UNMETERED)
  public Response one(
      @PathParam("id") String id, @Context SecurityContext security, @Context UriInfo address) {
    QueryParameters.of(address);
    ApiCaller caller = ApiCaller.of(security);
    return Bodies.answer(
        200,
        keys.find(caller.tenant().id(), Ids.uuid(id, KeysResource::unknown))
            .map(KeyView::of)
            .orElseThrow(KeysResource::unknown));
  }

  /** The key's text is in this answer and nowhere else. */
  @POST
  @Consumes("application/json")
  @Needs(value = Action.ISSUE_KEY, cost = Cost.UNMETERED)
  public Response issue(InputStream body, @Context SecurityContext security) throws IOException {
    ApiCaller caller = ApiCaller.of(security);
    Wish wish = Bodies.read(body, Wish.class);
    NewKey key =
        new NewKey(
            caller.tenant().id(),
            Bodies.needed("name", wish.name()),
            word("kind", wish.kind(), KeyKind.class, KeyKind.LIVE),
            scopes(wish.scopes()),
            Optional.ofNullable(wish.expiresAt()),
            ranges(wish.allowedFrom()));
    return answer(keys.issue(caller.actor(), key));
  }

  /** A new key for an old one, which stays good for the overlap. */
  @POST
  @Path("{id}/rotate")
  @Consumes("application/json")
  @Needs(value = Action.ROTATE_KEY, cost = Cost.UNMETERED)
  public Response rotate(
      @PathParam("id") String id, InputStream body, @Context SecurityContext security)
      throws IOException {
    ApiCaller caller = ApiCaller.of(security);
    Rotation rotation = Bodies.read(body, Rotation.class);
    Duration overlap =
        rotation.overlapSeconds() == null
            ? STANDARD_OVERLAP
            : Duration.ofSeconds(rotation.overlapSeconds());
    return answer(
        keys.rotate(
                caller.actor(), caller.tenant().id(), Ids.uuid(id, KeysResource::unknown), overlap)
            .orElseThrow(KeysResource::unknown));
  }

  /**
   * Withdrawn on every node within a second; doing it again changes nothing. For a key that another
   * person made, who is there is shown again first.
   */
  @DELETE
  @Path("{id}")
  @Needs(value = Action.REVOKE_KEY, cost = Cost.UNMETERED)
  public Response revoke(@PathParam("id") String id, @Context SecurityContext security) {
    ApiCaller caller = ApiCaller.of(security);
    UUID key = Ids.uuid(id, KeysResource::unknown);
    if (!isOwn(caller, key)) {
      desk.require(caller.caller(), Action.REVOKE_KEY_OF_ANOTHER);
    }
    if (!keys.revoke(caller.actor(), caller.tenant().id(), key)) {
      throw unknown();
    }
    return Response.noContent().build();
  }

  private boolean isOwn(ApiCaller caller, UUID key) {
    return keys.find(caller.tenant().id(), key)
        .filter(one -> one.isIssuedBy(caller.session().accountId()))
        .isPresent();
  }

  private static Response answer(IssueOutcome outcome) {
    return switch (outcome) {
      case IssueOutcome.Issued(String text, var key) ->
          Response.fromResponse(Bodies.answer(201, KeyView.issued(key, text)))
              .location(URI.create("/api/v1/keys/" + key.id()))
              .build();
      case IssueOutcome.TooManyKeys(int limit) ->
          throw new RefusalException(
              Problem.of(
                  "too-many-keys",
                  "No more keys",
                  409,
                  "A tenant has at most %d live keys; withdraw one that is not used."
                      .formatted(limit)));
      case IssueOutcome.Refused(String field, String reason) ->
          throw Bodies.refused(List.of(new FieldError(field, reason)));
    };
  }

  private static Set<Permission> scopes(@Nullable List<String> words) {
    if (words == null) {
      return EnumSet.of(Permission.READ_MEASUREMENTS);
    }
    EnumSet<Permission> scopes = EnumSet.noneOf(Permission.class);
    words.forEach(
        word -> scopes.add(word("scopes", word, Permission.class, Permission.READ_MEASUREMENTS)));
    return scopes;
  }

  private static <E extends Enum<E>> E word(
      String field, @Nullable String word, Class<E> type, E standard) {
    return word == null
        ? standard
        : ConstantNames.find(type, word)
            .orElseThrow(
                () ->
                    Bodies.refused(
                        List.of(
                            new FieldError(
                                field,
                                "must be one of " + String.join(", ", ConstantNames.all(type))))));
  }

  private static List<Cidr> ranges(@Nullable List<String> texts) {
    return texts == null ? List.of() : texts.stream().map(KeysResource::range).toList();
  }

  private static Cidr range(@Nullable String text) {
    try {
      return Cidr.parse(String.valueOf(text));
    } catch (IllegalArgumentException e) {
      throw Bodies.refused(
          List.of(
              new FieldError(
                  "allowed_from",
                  "must be networks such as 192.0.2.0/24 or 2001:db8::/32: " + e.getMessage())));
    }
  }

  private static RefusalException unknown() {
    return new RefusalException(
        Problem.of("unknown-key", "No such key", 404, "GET /api/v1/keys lists those there are."));
  }
}
