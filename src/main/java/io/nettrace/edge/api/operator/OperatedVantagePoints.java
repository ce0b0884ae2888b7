package io.nettrace.edge.api.operator;

import io.nettrace.edge.api.http.ApiJson;
import io.nettrace.edge.api.http.BadRequests;
import io.nettrace.edge.api.http.Bodies;
import io.nettrace.edge.api.http.ConstantNames;
import io.nettrace.edge.api.http.Ids;
import io.nettrace.edge.api.http.RefusalException;
import io.nettrace.platform.Service;
import io.nettrace.platform.problem.Problem;
import io.nettrace.scan.AssignmentPolicy;
import io.nettrace.scan.AssignmentPolicy.Kind;
import io.nettrace.scan.CredentialOutcome;
import io.nettrace.scan.RegisteredVantagePoint;
import io.nettrace.scan.ScannerCredential;
import io.nettrace.scan.ScannerCredentials;
import io.nettrace.scan.VantagePoint;
import io.nettrace.scan.VantagePointRegister;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.Tenants;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Vantage points, whose they are, what they measure, and the credentials of their scanners. */
@Path("vantage-points")
@Produces("application/json")
@Service
public class OperatedVantagePoints {
  private static final int LONGEST_BODY = 1 << 12;
  private static final Duration STANDARD_OVERLAP = Duration.ofHours(24);

  private final VantagePointRegister register;
  private final ScannerCredentials credentials;
  private final Tenants tenants;

  /** What it measures it in. */
  enum Network {
    REAL,
    LAB
  }

  private record Wish(
      @Nullable String name,
      @Nullable String network,
      @Nullable String tenant,
      @Nullable String policy) {}

  private record PolicyWish(@Nullable String policy) {}

  private record Rotation(@Nullable Long overlapSeconds) {}

  private record View(
      String name,
      String network,
      @Nullable UUID tenantId,
      @Nullable String tenant,
      String policy,
      Instant knownSince,
      boolean hasSpoken) {}

  private record CredentialView(
      UUID id,
      Instant issuedAt,
      @Nullable Instant expiresAt,
      @Nullable Instant revokedAt,
      @Nullable Instant lastUsedAt,
      @Nullable String secret) {
    static CredentialView of(ScannerCredential one, @Nullable String secret) {
      return new CredentialView(
          one.id(),
          one.issuedAt(),
          one.expiresAt().orElse(null),
          one.revokedAt().orElse(null),
          one.lastUsedAt().orElse(null),
          secret);
    }
  }

  private record Listed<T>(List<T> items) {}

  @Inject
  OperatedVantagePoints(
      VantagePointRegister register, ScannerCredentials credentials, Tenants tenants) {
    this.register = register;
    this.credentials = credentials;
    this.tenants = tenants;
  }

  @GET
  public Response list() {
    return Bodies.answer(200, new Listed<>(register.list().stream().map(this::view).toList()));
  }

  @GET
  @Path("{name}")
  public Response one(@PathParam("name") String name) {
    return Bodies.answer(200, view(find(name)));
  }

  /** Shared unless a tenant is named. */
  @POST
  public Response add(InputStream body) throws IOException {
    Wish wish = ApiJson.read(body.readNBytes(LONGEST_BODY), Wish.class);
    String name = String.valueOf(wish.name());
    if (!VantagePoint.isName(name)) {
      throw BadRequests.parameter("name", "must be 1 to 63 of a-z, 0-9 and -, not - first");
    }
    boolean simulated = choice("network", wish.network(), Network.class) == Network.LAB;
    RegisteredVantagePoint place =
        new RegisteredVantagePoint(new VantagePoint(name, simulated), policy(wish));
    if (!register.register(OperatorFilter.ACTOR, place)) {
      throw conflict("vantage-point-exists", "The name is taken", "There is a " + name + ".");
    }
    return Bodies.answer(201, view(find(name)));
  }

  /** Of a tenant's vantage point. */
  @PUT
  @Path("{name}/policy")
  public Response policy(@PathParam("name") String name, InputStream body) throws IOException {
    Kind policy =
        choice(
            "policy",
            ApiJson.read(body.readNBytes(LONGEST_BODY), PolicyWish.class).policy(),
            Kind.class);
    Optional<UUID> owner = find(name).place().policy().owner();
    if (owner.isEmpty() != (policy == Kind.SHARED)) {
      throw wrongPolicy();
    }
    if (owner.isPresent()
        && !register.change(OperatorFilter.ACTOR, name, ofTenant(owner.get(), policy))) {
      throw unknown(name);
    }
    return Bodies.answer(200, view(find(name)));
  }

  @GET
  @Path("{name}/credentials")
  public Response credentials(@PathParam("name") String name) {
    VantagePointRegister.Entry found = find(name);
    return Bodies.answer(
        200,
        new Listed<>(
            credentials.list(found.place().vantagePoint().name()).stream()
                .map(one -> CredentialView.of(one, null))
                .toList()));
  }

  /** The secret is in this answer and nowhere else. */
  @POST
  @Path("{name}/credentials")
  public Response issue(@PathParam("name") String name) {
    return issued(name, credentials.issue(OperatorFilter.ACTOR, name));
  }

  /** A new one for an old one, which stays good for the overlap. */
  @POST
  @Path("{name}/credentials/{id}/rotate")
  public Response rotate(
      @PathParam("name") String name, @PathParam("id") String id, InputStream body)
      throws IOException {
    byte[] text = body.readNBytes(LONGEST_BODY);
    Long seconds = text.length == 0 ? null : ApiJson.read(text, Rotation.class).overlapSeconds();
    Duration overlap = seconds == null ? STANDARD_OVERLAP : Duration.ofSeconds(seconds);
    UUID credential = Ids.uuid(id, () -> unknownCredential(name));
    return issued(name, credentials.rotate(OperatorFilter.ACTOR, name, credential, overlap));
  }

  /** Opens nothing on any node from now on; doing it again changes nothing. */
  @DELETE
  @Path("{name}/credentials/{id}")
  public Response revoke(@PathParam("name") String name, @PathParam("id") String id) {
    UUID credential = Ids.uuid(id, () -> unknownCredential(name));
    if (!credentials.revoke(OperatorFilter.ACTOR, name, credential)) {
      throw unknownCredential(name);
    }
    return Response.noContent().build();
  }

  private static Response issued(String name, CredentialOutcome outcome) {
    return switch (outcome) {
      case CredentialOutcome.Issued(ScannerCredential credential, String secret) ->
          Bodies.answer(201, CredentialView.of(credential, secret));
      case CredentialOutcome.UnknownVantagePoint _ -> throw unknown(name);
      case CredentialOutcome.UnknownCredential _ -> throw unknownCredential(name);
      case CredentialOutcome.TooMany(int most) ->
          throw conflict(
              "too-many-credentials",
              "No more credentials",
              "A vantage point has at most %d that are good; revoke one that is not used."
                  .formatted(most));
      case CredentialOutcome.OverlapTooLong(Duration longest) ->
          throw BadRequests.parameter(
              "overlap_seconds", "must be 0 to " + longest.toSeconds() + " seconds");
    };
  }

  private AssignmentPolicy policy(Wish wish) {
    if (wish.tenant() == null) {
      boolean isShared =
          wish.policy() == null || choice("policy", wish.policy(), Kind.class) == Kind.SHARED;
      if (!isShared) {
        throw wrongPolicy();
      }
      return new AssignmentPolicy.Shared();
    }
    String slug = wish.tenant();
    Tenant tenant = tenants.bySlug(slug).orElseThrow(() -> OperatedTenants.unknown(slug));
    Kind policy = wish.policy() == null ? Kind.OWN : choice("policy", wish.policy(), Kind.class);
    if (policy == Kind.SHARED) {
      throw wrongPolicy();
    }
    return ofTenant(tenant.id(), policy);
  }

  private static AssignmentPolicy.OfTenant ofTenant(UUID tenantId, Kind policy) {
    return new AssignmentPolicy.OfTenant(tenantId, policy == Kind.OWN_AND_CATALOGUE);
  }

  private static RefusalException wrongPolicy() {
    return BadRequests.parameter(
        "policy", "is shared without a tenant, and own or own_and_catalogue with one");
  }

  private static <E extends Enum<E>> E choice(String name, @Nullable String word, Class<E> type) {
    return ConstantNames.find(type, String.valueOf(word))
        .orElseThrow(
            () ->
                BadRequests.parameter(
                    name, "must be one of " + String.join(", ", ConstantNames.all(type))));
  }

  private VantagePointRegister.Entry find(String name) {
    return register.find(name).orElseThrow(() -> unknown(name));
  }

  private View view(VantagePointRegister.Entry entry) {
    RegisteredVantagePoint place = entry.place();
    Optional<UUID> owner = place.policy().owner();
    return new View(
        place.vantagePoint().name(),
        ConstantNames.of(place.vantagePoint().simulated() ? Network.LAB : Network.REAL),
        owner.orElse(null),
        owner.flatMap(tenants::find).map(Tenant::slug).orElse(null),
        ConstantNames.of(place.policy().kind()),
        entry.knownSince(),
        entry.hasSpoken());
  }

  private static RefusalException unknown(String name) {
    return new RefusalException(
        Problem.of(
            "unknown-vantage-point",
            "No such vantage point",
            404,
            "There is no vantage point " + name + "; GET /operator/v1/vantage-points lists them."));
  }

  private static RefusalException unknownCredential(String name) {
    return new RefusalException(
        Problem.of(
            "unknown-credential",
            "No such credential",
            404,
            "%s has no such credential, or it has ended or is being replaced; GET /operator/v1/vantage-points/%s/credentials lists them."
                .formatted(name, name)));
  }

  private static RefusalException conflict(String type, String title, String detail) {
    return new RefusalException(Problem.of(type, title, 409, detail));
  }
}
