package io.nettrace.platform.web;

import io.nettrace.platform.Service;
import jakarta.inject.Inject;
import jakarta.servlet.ServletRequest;
import java.time.Duration;

/**
 * Bound on pages that are rendered at once: they cost processor time by the hundredth of a second,
 * so more at once only make each later. The front filter says who is known.
 */
@Service
public class PageGate {
  /**
   * The request's attribute that says whether its caller is known; set by the front filter, and by
   * whatever door accepts a credential.
   */
  public static final String KNOWN = "nettrace.known";

  private static final int WAITING_PER_PAGE = 16;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  private final Gate gate;

  /** A page to render. */
  public interface Page<E extends Exception> {
    void render() throws E, java.io.IOException;
  }

  @Inject
  PageGate(WebConfig config) {
    this.gate = new Gate(config.maxPages(), config.maxPages() * WAITING_PER_PAGE, LONGEST_WAIT);
  }

  /** How many pages are rendered now. */
  public int inside() {
    return gate.inside();
  }

  /** Remembers for a request that its caller is known. */
  public static void mark(ServletRequest request, boolean isKnown) {
    request.setAttribute(KNOWN, isKnown);
  }

  /** Whether the caller has shown a good credential lately. */
  public static boolean isKnown(ServletRequest request) {
    return Boolean.TRUE.equals(request.getAttribute(KNOWN));
  }

  /** Renders a page when its turn comes; false when it did not come soon enough. */
  public <E extends Exception> boolean render(ServletRequest request, Page<E> page)
      throws E, java.io.IOException {
    boolean isKnown = isKnown(request);
    if (!gate.enter(isKnown)) {
      return false;
    }
    try {
      page.render();
      return true;
    } finally {
      gate.leave(isKnown);
    }
  }
}
