package io.nettrace.edge.portal;

import io.nettrace.platform.problem.Problem;
import io.nettrace.platform.web.AddressLimit;
import io.nettrace.platform.web.KeptAnswer;
import io.nettrace.platform.web.PageGate;
import io.nettrace.platform.web.SameOrigin;
import io.nettrace.platform.web.Sessionless;
import io.nettrace.platform.web.ShortAnswer;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that is asked of this server comes through here, but what a servlet outside the portal
 * answers. Files go out, pages go to those who may see them, forms are taken from pages of ours
 * only.
 */
@WebFilter(
    servletNames = {"default", "jsp", "faces"},
    urlPatterns = {"/live", "/sign-out"},
    asyncSupported = true)
public class Door extends HttpFilter {
  static final String REFUSED = "/WEB-INF/pages/refused.xhtml";
  static final String PLAN_LACKS = "/WEB-INF/pages/plan-lacks.xhtml";
  static final String VERDICT = "verdict";
  private static final Problem TOO_FAST =
      Problem.of(
          "address-rate-exceeded",
          "Too many pages from your address",
          429,
          "Wait a little, or sign in.");
  private static final Problem BUSY =
      Problem.of(
              "busy",
              "Too many pages at once",
              503,
              "More pages are asked for than can be made at once. Try again in a moment.")
          .retryAfter(2);

  private final transient Visits visits;
  private final transient AddressLimit limit;
  private final transient AddressLimit pagesLimit;
  private final transient Assets assets;
  private final transient PublicPages publicPages;
  private final transient Frame frame;
  private final transient PageGate gate;

  @Inject
  Door(
      Visits visits,
      Assets assets,
      PublicPages publicPages,
      Frame frame,
      PageGate gate,
      PortalConfig config) {
    this.visits = visits;
    this.assets = assets;
    this.publicPages = publicPages;
    this.frame = frame;
    this.gate = gate;
    this.limit = new AddressLimit(config.formsPerMinute());
    this.pagesLimit = new AddressLimit(config.pagesPerMinute());
  }

  @Override
  public void init() throws ServletException {
    assets.load(getServletContext());
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String path = path(request);
    request.setCharacterEncoding(StandardCharsets.UTF_8.name()); // browsers do not say it of forms
    Headers.put(response, request.isSecure());
    if (Assets.isFile(path)) {
      assets.serve(path, request, response, chain);
      return;
    }
    Optional<PortalPage> page = PortalPage.at(path);
    if (page.isEmpty()) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    Visit visit = visits.of(page.get(), page.get().named(path), request);
    request.setAttribute(Visit.NAME, visit);
    if (isTurnedAway(request, response)) {
      return;
    }
    if (!visit.isSignedIn() && PublicPages.has(page.get(), request)) {
      showToStranger(page.get(), request, response);
      return;
    }
    if (!visit.isSignedIn() && isTooMuch(pagesLimit, request, response)) {
      return;
    }
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Vary", "Cookie");
    receive(visit, request, response);
  }

  private void showToStranger(
      PortalPage page, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    Optional<KeptAnswer> answer =
        publicPages.answer(
            page,
            frame,
            request,
            into ->
                gate.<ServletException>render(request, () -> forward(page.inside(), request, into)),
            response);
    if (answer.isPresent()) {
      answer.get().serve(request, response);
    } else {
      ShortAnswer.send(request, response, BUSY);
    }
  }

  /** As the container understood it: decoded, and without any way up or around. */
  private static String path(HttpServletRequest request) {
    String rest = request.getPathInfo();
    return rest == null ? request.getServletPath() : request.getServletPath() + rest;
  }

  /** Forms of other sites, and too many of one address. */
  private boolean isTurnedAway(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!SameOrigin.isKept(
        request.getMethod(),
        request.getHeader("Sec-Fetch-Site"),
        request.getHeader("Origin"),
        request.getHeader("Host"))) {
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
      return true;
    }
    return request.getMethod().equals("POST") && isTooMuch(limit, request, response);
  }

  private static boolean isTooMuch(
      AddressLimit limit, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    OptionalInt seconds = limit.refused(request.getRemoteAddr());
    if (seconds.isEmpty()) {
      return false;
    }
    ShortAnswer.send(request, response, TOO_FAST.retryAfter(seconds.getAsInt()));
    return true;
  }

  private void receive(Visit visit, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    Verdict verdict = Verdict.on(visit);
    request.setAttribute(VERDICT, verdict);
    switch (verdict) {
      case Verdict.Welcome _ when visit.page() == PortalPage.LIVE ->
          show(visit.page(), request, response); // a stream, with bounds of its own
      case Verdict.Welcome _ -> {
        if (!gate.<ServletException>render(request, () -> show(visit.page(), request, response))) {
          ShortAnswer.send(request, response, BUSY);
        }
      }
      case Verdict.SignIn _ -> response.sendRedirect(from(PortalPage.SIGN_IN, request));
      case Verdict.ChooseTenant _ -> response.sendRedirect(PortalPage.TENANTS.address());
      case Verdict.SecondFactor _ -> response.sendRedirect(PortalPage.SECURITY.address());
      case Verdict.NotServed _ -> response.sendRedirect(PortalPage.SETTINGS.address());
      case Verdict.NotFound _ -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
      case Verdict.Forbidden _ -> tell(REFUSED, request, response);
      case Verdict.PlanLacks _ -> tell(PLAN_LACKS, request, response);
    }
  }

  private static void show(
      PortalPage page, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    String back = from(PortalPage.CONFIRM, request); // behind the forward the address is another
    String again = confirming(request);
    try {
      forward(page.inside(), request, response);
    } catch (ServletException | RuntimeException e) {
      Turned turned = Turned.in(e).orElse(null);
      if (turned == null || response.isCommitted()) {
        throw e;
      }
      response.reset();
      Headers.put(response, request.isSecure());
      switch (turned.why()) {
        case FORBIDDEN -> response.sendError(HttpServletResponse.SC_FORBIDDEN);
        case NOT_FOUND -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
        case NOT_FRESH -> response.sendRedirect(request.getMethod().equals("POST") ? again : back);
      }
    }
  }

  private static void tell(String page, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    response.setStatus(HttpServletResponse.SC_FORBIDDEN);
    forward(page, request, response);
  }

  private static void forward(
      String inside, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    request.getRequestDispatcher(inside).forward(new Sessionless(request), response);
  }

  /** The confirmation, which leads back to the form whose deed waits for it. */
  private static String confirming(HttpServletRequest request) {
    String query = request.getQueryString();
    String back =
        Stream.concat(
                Arrays.stream((query == null ? "" : query).split("&", -1))
                    .filter(one -> !one.isEmpty() && !one.startsWith("did=")),
                Stream.of("did=" + Answer.CONFIRMED))
            .collect(Collectors.joining("&", request.getRequestURI() + "?", ""));
    return Query.to(PortalPage.CONFIRM.address()).with("next", back).toString();
  }

  /** A page that leads back to where the person wanted to go. */
  private static String from(PortalPage page, HttpServletRequest request) {
    String query = request.getQueryString();
    String back = request.getRequestURI() + (query == null ? "" : "?" + query);
    return Query.to(page.address()).with("next", back).toString();
  }
}
