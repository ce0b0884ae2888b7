package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.account.AccountApi;
import io.nettrace.edge.api.catalog.TargetApi;
import io.nettrace.edge.api.http.AccessFeature;
import io.nettrace.edge.api.http.AnswerEncoding;
import io.nettrace.edge.api.http.Authentication;
import io.nettrace.edge.api.http.ContextParameters;
import io.nettrace.edge.api.http.CrossOrigin;
import io.nettrace.edge.api.http.HeaderLines;
import io.nettrace.edge.api.http.ProblemMapper;
import io.nettrace.edge.api.idempotency.IdempotencyFeature;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The parts of the API, listed rather than scanned for. */
@ApplicationPath("/api/v1")
public class ApiV1 extends Application {
  /** The API is described by its OpenAPI document, not by what the container would make up. */
  @Override
  public Map<String, Object> getProperties() {
    return Map.of("jersey.config.server.wadl.disableWadl", true);
  }

  @Override
  public Set<Class<?>> getClasses() {
    Set<Class<?>> classes = new HashSet<>(AccountApi.resources());
    classes.addAll(TargetApi.resources());
    classes.addAll(measurements());
    return classes;
  }

  private static Set<Class<?>> measurements() {
    return Set.of(
        ContextParameters.class,
        HeaderLines.class,
        CrossOrigin.class,
        Authentication.class,
        AccessFeature.class,
        IdempotencyFeature.class,
        ProblemMapper.class,
        AnswerEncoding.class,
        TargetsResource.class,
        LatencyResource.class,
        RoutesResource.class,
        RankingsResource.class,
        CompareResource.class,
        ChangesResource.class,
        ExportResource.class,
        ExportsResource.class,
        VantagePointsResource.class,
        MethodsResource.class);
  }
}
