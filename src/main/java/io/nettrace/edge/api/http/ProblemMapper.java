package io.nettrace.edge.api.http;

import io.nettrace.desk.DeniedException;
import io.nettrace.platform.DatabaseUnavailableException;
import io.nettrace.platform.problem.Problem;
import io.nettrace.platform.problem.Problems;
import io.nettrace.platform.problem.TraceId;
import io.nettrace.tenant.TenantBehindException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** The one place where what went wrong becomes an answer. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
  private static final Logger LOG = System.getLogger(ProblemMapper.class.getName());

  @SuppressWarnings("NullAway.Init") // JAX-RS fills it in
  @Context
  UriInfo address;

  @SuppressWarnings("NullAway.Init") // JAX-RS fills it in
  @Context
  HttpHeaders headers;

  @Override
  public Response toResponse(Throwable thrown) {
    String traceId = TraceId.of(headers.getHeaderString("traceparent"));
    Problem problem = problem(thrown);
    if (problem.status() >= 500) {
      LOG.log(
          problem.status() == 503 ? Level.DEBUG : Level.ERROR,
          "request " + traceId + " to " + address.getPath() + " failed",
          thrown);
    }
    Response.ResponseBuilder response =
        Response.status(problem.status())
            .type(Problem.MEDIA_TYPE)
            .header(AnswerEncoding.TRACE_ID, traceId)
            .header("Cache-Control", "no-store")
            .entity(problem.json(address.getRequestUri().getPath(), traceId));
    problem.retryAfterSeconds().ifPresent(seconds -> response.header("Retry-After", seconds));
    if (problem.status() == 401) {
      response.header("WWW-Authenticate", "Bearer realm=\"nettrace\"");
    }
    if (thrown instanceof RefusalException refusal) {
      refusal.headers().forEach(response::header);
    }
    allowed(thrown, response);
    return response.build();
  }

  private static Problem problem(Throwable thrown) {
    return switch (thrown) {
      case RefusalException refusal -> refusal.problem();
      case DeniedException denied -> AccessRefusals.of(denied.decision()).problem();
      case TenantBehindException _ -> TenantRefusals.behind();
      case DatabaseUnavailableException _ -> Problems.databaseUnavailable();
      case WebApplicationException http -> Problems.of(http.getResponse().getStatus());
      default -> Problems.of(500);
    };
  }

  private static void allowed(Throwable thrown, Response.ResponseBuilder response) {
    if (thrown instanceof WebApplicationException http
        && http.getResponse().getHeaderString("Allow") != null) {
      response.header("Allow", http.getResponse().getHeaderString("Allow"));
    }
  }
}
