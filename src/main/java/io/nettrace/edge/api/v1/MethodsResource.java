package io.nettrace.edge.api.v1;

import io.nettrace.desk.Action;
import io.nettrace.edge.api.http.ApiJson;
import io.nettrace.edge.api.http.CachedAnswer;
import io.nettrace.edge.api.http.Cost;
import io.nettrace.edge.api.http.Needs;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.platform.Service;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** How every number of this API is made: definition, unit, source, error. */
@Path("methods")
@Produces("application/json")
@Service
public class MethodsResource {
  private static final String FILE = "/META-INF/methods.json";

  private final CachedAnswer page = new CachedAnswer(ApiJson.tree(content()));

  @GET
  @Needs(value = Action.READ_MEASUREMENTS, cost = Cost.CALL)
  public Response methods(
      @HeaderParam("If-None-Match") @Nullable String ifNoneMatch, @Context UriInfo address) {
    QueryParameters.of(address);
    return page.answer(ifNoneMatch);
  }

  private static Object content() {
    try (InputStream in = MethodsResource.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("the build packed no " + FILE);
      }
      return ApiJson.read(in.readAllBytes(), Object.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
