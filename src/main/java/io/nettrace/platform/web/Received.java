package io.nettrace.platform.web;

import jakarta.servlet.http.HttpServletRequest;

/**
 * A request as the front filter hands it on, with the client's own address and its whole body. The
 * container injects the one that it made itself, whose body has been read; whatever asks an
 * injected request for a parameter, an address or a scheme asks it by way of this.
 */
public final class Received {
  private static final String NAME = "nettrace.received";

  private Received() {}

  /** Remembers what stands for the container's own request. */
  public static void mark(HttpServletRequest original, HttpServletRequest received) {
    original.setAttribute(NAME, received);
  }

  /** What stands for a request; itself where nothing does. */
  public static HttpServletRequest of(HttpServletRequest request) {
    return request.getAttribute(NAME) instanceof HttpServletRequest received ? received : request;
  }
}
