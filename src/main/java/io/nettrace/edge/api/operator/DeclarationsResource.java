package io.nettrace.edge.api.operator;

import io.nettrace.edge.api.http.ApiJson;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.edge.api.http.RefusalException;
import io.nettrace.onboarding.Declarations;
import io.nettrace.platform.Service;
import io.nettrace.platform.json.DocumentProblem;
import io.nettrace.platform.json.InvalidDocumentException;
import io.nettrace.platform.problem.Problem;
import io.nettrace.platform.problem.Problem.FieldError;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalInt;

/** Tenants declared in files: what one would change, and changing it. */
@Path("declarations")
@Produces("application/json")
@Service
public class DeclarationsResource {
  private static final int LONGEST_BODY = 1 << 20;
  private static final String FILE = "the declaration";

  private final Declarations declarations;

  private record Changes(String slug, boolean applied, List<String> changes) {}

  @Inject
  DeclarationsResource(Declarations declarations) {
    this.declarations = declarations;
  }

  @POST
  @Consumes("application/json")
  public Response declare(InputStream body, @Context UriInfo address) throws IOException {
    boolean dryRun =
        QueryParameters.of(address, "dry_run").text("dry_run").map("true"::equals).orElse(false);
    try {
      Declarations.Diff diff =
          declarations.apply(OperatorFilter.ACTOR, FILE, body.readNBytes(LONGEST_BODY), dryRun);
      return Response.ok(ApiJson.bytes(new Changes(diff.slug(), !dryRun, diff.changes())))
          .header("Cache-Control", "no-store")
          .build();
    } catch (InvalidDocumentException e) {
      throw new RefusalException(
          new Problem(
              "invalid-declaration",
              "The declaration is wrong",
              422,
              String.valueOf(e.getMessage()),
              e.problems().stream().map(DeclarationsResource::error).toList(),
              OptionalInt.empty()));
    }
  }

  private static FieldError error(DocumentProblem problem) {
    return new FieldError(problem.pointer(), problem.reason());
  }
}
