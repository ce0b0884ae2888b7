package io.nettrace.edge.api.http;

import io.nettrace.platform.problem.TraceId;
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
import org.jspecify.annotations.Nullable;

/**
 * How answers travel: each under a trace id, and packed where the client takes gzip and it is worth
 * while. A packed answer has a validator of its own, since its bytes are others.
 */
@Provider
@Priority(Priorities.ENTITY_CODER)
public class Carriage implements ContainerResponseFilter, WriterInterceptor {
  public static final String TRACE_ID = "X-Trace-Id";
  private static final String ENCODING = "Content-Encoding";
  private static final String GZIP = "gzip";
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
    if (isWorthWhile(response) && takesGzip(request.getHeaderString("Accept-Encoding"))) {
      headers.putSingle(ENCODING, GZIP);
      Object tag = headers.getFirst("ETag");
      if (tag != null) {
        headers.putSingle("ETag", tag.toString().replaceFirst("\"$", EntityTags.PACKED + "\""));
      }
    }
  }

  @Override
  public void aroundWriteTo(WriterInterceptorContext context)
      throws IOException, WebApplicationException {
    if (!GZIP.equals(context.getHeaders().getFirst(ENCODING))) {
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

  private static boolean takesGzip(@Nullable String accepted) {
    if (accepted == null) {
      return false;
    }
    boolean any = false;
    for (String one : accepted.split(",", -1)) {
      String[] parts = one.strip().split(";", 2);
      String coding = parts[0].strip();
      boolean taken = parts.length == 1 || !parts[1].strip().matches("q=0(\\.0*)?");
      if (coding.equalsIgnoreCase(GZIP) || coding.equalsIgnoreCase("x-gzip")) {
        return taken;
      }
      any |= coding.equals("*") && taken;
    }
    return any;
  }
}
