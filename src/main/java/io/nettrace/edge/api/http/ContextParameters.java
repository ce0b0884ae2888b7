package io.nettrace.edge.api.http;

import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;
import java.util.function.Function;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.model.Parameter;
import org.glassfish.jersey.server.spi.internal.ValueParamProvider;
import org.jspecify.annotations.Nullable;

/**
 * Gives parameters that are marked {@link Context} what the request has at hand. Left alone, Jersey
 * asks its container of beans for each, which takes twice as long as what most of our methods do.
 */
@Provider
public class ContextParameters implements Feature {
  private static final Map<Class<?>, Function<ContainerRequest, ?>> AT_HAND =
      Map.of(
          UriInfo.class, ContainerRequest::getUriInfo,
          SecurityContext.class, ContainerRequest::getSecurityContext,
          HttpHeaders.class, Function.identity());

  @Override
  public boolean configure(FeatureContext context) {
    context.register(
        new AbstractBinder() {
          @Override
          protected void configure() {
            bind(new AtHand()).to(ValueParamProvider.class);
          }
        });
    return true;
  }

  /** Asked once for each parameter, when the application starts. */
  private static final class AtHand implements ValueParamProvider {
    @Override
    public @Nullable Function<ContainerRequest, ?> getValueProvider(Parameter parameter) {
      return parameter.isAnnotationPresent(Context.class)
          ? AT_HAND.get(parameter.getRawType())
          : null;
    }

    @Override
    public PriorityType getPriority() {
      return Priority.HIGH;
    }
  }
}
