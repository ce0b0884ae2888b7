package io.nettrace.edge.api.http;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who did not show who they are.
 *
 * @param refusal what they are told where that is needed
 */
record Anonymous(boolean isSecure, RefusalException refusal) implements SecurityContext {
  @Override
  public @Nullable Principal getUserPrincipal() {
    return null;
  }

  @Override
  public boolean isUserInRole(String role) {
    return false;
  }

  @Override
  public @Nullable String getAuthenticationScheme() {
    return null;
  }
}
