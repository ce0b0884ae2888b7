package io.nettrace.platform.web;

import jakarta.servlet.ServletRequest;
import java.net.InetAddress;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from. Code behind a resource framework reaches the servlet request only by
 * a proxy that costs more than checking a key, so each request carries its address along.
 */
public final class RemoteAddress {
  private static final String NAME = RemoteAddress.class.getName();

  private RemoteAddress() {}

  /** To be called for each request before anybody asks. */
  public static void note(ServletRequest request) {
    request.setAttribute(NAME, request.getRemoteAddr());
  }

  /** The address that was noted, looked up among a request's attributes. */
  public static InetAddress of(Function<String, @Nullable Object> attributes) {
    if (attributes.apply(NAME) instanceof String address) {
      return InetAddress.ofLiteral(address);
    }
    throw new IllegalStateException("the request did not come in by the door");
  }
}
