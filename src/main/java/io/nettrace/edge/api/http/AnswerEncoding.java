package io.nettrace.edge.api.http;

import io.nettrace.platform.problem.TraceId;
import io.nettrace.platform.web.AcceptedCodings;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/**
 * How answers travel: each under a trace id, and packed where the client takes gzip and it is worth
 * while. A packed answer has a validator of its own, since its bytes are others.
 */
@Provider
@Priority(Priorities.ENTITY_CODER)
public class AnswerEncoding implements ContainerResponseFilter, WriterInterceptor {
  public static final String TRACE_ID = "X-Trace-Id";
  private static final String ENCODING = "Content-Encoding";
  private static final int WORTH_BYTES = 860;
  private static final int BUFFER_BYTES = 1 << 13;
  private static final Set<String> PACKABLE =
      Set.of("application/json", "application/problem+json", "text/csv", "application/x-ndjson");

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    MultivaluedMap<String, Object> headers = response.getHeaders();
    if (!headers.containsKey(TRACE_ID)) {
      headers.putSingle(TRACE_ID, TraceId.of(request.getHeaderString("traceparent")));
    }
    if (isWorthWhile(response)
        && AcceptedCodings.takesGzip(request.getHeaderString("Accept-Encoding"))) {
      headers.putSingle(ENCODING, AcceptedCodings.GZIP);
      Object tag = headers.getFirst("ETag");
      if (tag != null) {
        headers.putSingle("ETag", tag.toString().replaceFirst("\"$", EntityTags.PACKED + "\""));
      }
    }
  }

  @Override
  public void aroundWriteTo(WriterInterceptorContext context)
      throws IOException, WebApplicationException {
    if (!AcceptedCodings.GZIP.equals(context.getHeaders().getFirst(ENCODING))) {
      context.proceed();
      return;
    }
    context.getHeaders().remove("Content-Length");
    GZIPOutputStream packed = new GZIPOutputStream(context.getOutputStream(), BUFFER_BYTES);
    context.setOutputStream(packed);
    context.proceed();
    packed.finish();
  }

  private static boolean isWorthWhile(ContainerResponseContext response) {
    MediaType type = response.getMediaType();
    return response.hasEntity()
        && !(response.getEntity() instanceof byte[] bytes && bytes.length < WORTH_BYTES)
        && type != null
        && PACKABLE.contains(type.getType() + "/" + type.getSubtype())
        && !response.getHeaders().containsKey("Content-Range");
  }
}
