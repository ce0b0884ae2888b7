package io.nettrace.edge.api.operator;

import io.nettrace.edge.api.http.RefusalException;
import io.nettrace.platform.Actor;
import io.nettrace.platform.Service;
import io.nettrace.platform.problem.Problem;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;

/** Lets nobody pass without the operator's token, not even to find out which addresses exist. */
@Provider
@PreMatching
@Priority(Priorities.AUTHENTICATION)
@Service
public class OperatorFilter implements ContainerRequestFilter {
  /** Who makes the changes that are asked for behind this door. */
  static final Actor ACTOR = new Actor.Operator();

  private static final String BEARER = "Bearer ";

  private final OperatorToken token;

  @Inject
  OperatorFilter(OperatorToken token) {
    this.token = token;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    String header = request.getHeaderString("Authorization");
    if (header == null
        || !header.startsWith(BEARER)
        || !token.matches(header.substring(BEARER.length()).strip())) {
      throw new RefusalException(
          Problem.of(
              "operator-token",
              "Not an operator",
              401,
              "Present the operator's token as Authorization: Bearer …"));
    }
  }
}
