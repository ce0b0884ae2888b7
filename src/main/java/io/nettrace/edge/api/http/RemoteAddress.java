package io.nettrace.edge.api.http;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.InetAddress;

/**
 * Where a request comes from. The servlet container knows, and filters of the API do not reach it
 * but through a proxy that costs more than checking a key; so each request carries it along.
 */
@WebListener
public class RemoteAddress implements ServletRequestListener {
  private static final String NAME = RemoteAddress.class.getName();

  @Override
  public void requestInitialized(ServletRequestEvent event) {
    ServletRequest request = event.getServletRequest();
    request.setAttribute(NAME, request.getRemoteAddr());
  }

  static InetAddress of(ContainerRequestContext request) {
    return InetAddress.ofLiteral((String) request.getProperty(NAME));
  }
}
