package io.nettrace.edge.api.operator;

import io.nettrace.edge.api.http.ProblemMapper;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** The parts of the operator's door. */
@ApplicationPath("/operator/v1")
public class OperatorApi extends Application {
  @Override
  public Map<String, Object> getProperties() {
    return Map.of("jersey.config.server.wadl.disableWadl", true);
  }

  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(
        OperatorFilter.class,
        ProblemMapper.class,
        OperatedTenants.class,
        OperatedJobs.class,
        OperatedEvents.class,
        OperatedConsumers.class,
        OperatedParked.class,
        OperatedVantagePoints.class,
        DeclarationsResource.class);
  }
}
