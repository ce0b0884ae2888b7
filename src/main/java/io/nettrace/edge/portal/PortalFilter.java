package io.nettrace.edge.portal;

import io.nettrace.desk.Decision;
import io.nettrace.desk.DeniedException;
import io.nettrace.desk.Desk;
import io.nettrace.desk.RecordReads;
import io.nettrace.platform.problem.Problem;
import io.nettrace.platform.web.AddressLimit;
import io.nettrace.platform.web.KeptAnswer;
import io.nettrace.platform.web.PageGate;
import io.nettrace.platform.web.SameOrigin;
import io.nettrace.platform.web.SessionlessRequest;
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
public class PortalFilter extends HttpFilter {
  static final String REFUSED = "/WEB-INF/pages/refused.xhtml";
  static final String PLAN_LACKS = "/WEB-INF/pages/plan-lacks.xhtml";

  /** Name by which pages find why they are shown. */
  static final String DENIED = "denied";

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

  private static final Problem TOO_MANY_READS =
      Problem.of(
              "reads-exceeded",
              "Too many pages of your tenant at once",
              429,
              "Others of your tenant read the record now. Try again when some have ended.")
          .retryAfter(1);

  private final transient Desk desk;
  private final transient RecordReads reads;
  private final transient Visits visits;
  private final transient AddressLimit limit;
  private final transient AddressLimit pagesLimit;
  private final transient Assets assets;
  private final transient PublicPages publicPages;
  private final transient Frame frame;
  private final transient PageGate gate;

  @Inject
  PortalFilter(
      Desk desk,
      RecordReads reads,
      Visits visits,
      Assets assets,
      PublicPages publicPages,
      Frame frame,
      PageGate gate,
      PortalConfig config) {
    this.desk = desk;
    this.reads = reads;
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
    if (visit.decision(desk) instanceof Decision.Denied denied) {
      refuse(denied, request, response);
    } else if (visit.page() == PortalPage.LIVE) {
      show(visit.page(), request, response); // a stream, with bounds of its own
    } else if (visit.page().isOfRecord()) {
      showRecord(visit, request, response);
    } else {
      render(visit.page(), request, response);
    }
  }

  /**
   * In one of the tenant's turns, which is taken first: a page that waits for it holds no other.
   */
  private void showRecord(Visit visit, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    try (RecordReads.Turn _ = reads.take(visit.known())) {
      render(visit.page(), request, response);
    } catch (DeniedException e) {
      if (response.isCommitted()) {
        throw e;
      }
      refuse(e.decision(), request, response);
    }
  }

  private void render(PortalPage page, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if (!gate.<ServletException>render(request, () -> show(page, request, response))) {
      ShortAnswer.send(request, response, BUSY);
    }
  }

  /** Denied before the page began. */
  private static void refuse(
      Decision.Denied denied, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    request.setAttribute(DENIED, denied);
    switch (denied) {
      case Decision.SignInNeeded _ -> response.sendRedirect(from(PortalPage.SIGN_IN, request));
      case Decision.NoTenant _ -> response.sendRedirect(PortalPage.TENANTS.address());
      case Decision.SecondFactorNeeded _ -> response.sendRedirect(PortalPage.SECURITY.address());
      case Decision.NotServed _ -> response.sendRedirect(PortalPage.SETTINGS.address());
      case Decision.StepUpNeeded _ -> response.sendRedirect(from(PortalPage.CONFIRM, request));
      case Decision.OperatorNeeded _ -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
      case Decision.PermissionMissing _, Decision.PersonNeeded _ ->
          tell(REFUSED, request, response);
      case Decision.PlanLacks _ -> tell(PLAN_LACKS, request, response);
      case Decision.BeyondHorizon _ -> response.sendError(HttpServletResponse.SC_FORBIDDEN);
      case Decision.TooManyReads _ -> ShortAnswer.send(request, response, TOO_MANY_READS);
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
      boolean isMissing = PageNotFoundException.in(e).isPresent();
      Optional<DeniedException> denied = DeniedException.in(e);
      if ((!isMissing && denied.isEmpty()) || response.isCommitted()) {
        throw e;
      }
      response.reset();
      Headers.put(response, request.isSecure());
      if (isMissing) {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
      } else if (denied.orElseThrow().decision() instanceof Decision.StepUpNeeded) {
        response.sendRedirect(request.getMethod().equals("POST") ? again : back);
      } else {
        response.sendError(HttpServletResponse.SC_FORBIDDEN);
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
    request.getRequestDispatcher(inside).forward(new SessionlessRequest(request), response);
  }

  /** The confirmation, which leads back to the form whose deed waits for it. */
  private static String confirming(HttpServletRequest request) {
    String query = request.getQueryString();
    String back =
        Stream.concat(
                Arrays.stream((query == null ? "" : query).split("&", -1))
                    .filter(one -> !one.isEmpty() && !one.startsWith("did=")),
                Stream.of("did=" + FormResponse.CONFIRMED))
            .collect(Collectors.joining("&", request.getRequestURI() + "?", ""));
    return PageAddress.to(PortalPage.CONFIRM.address()).with("next", back).toString();
  }

  /** A page that leads back to where the person wanted to go. */
  private static String from(PortalPage page, HttpServletRequest request) {
    String query = request.getQueryString();
    String back = request.getRequestURI() + (query == null ? "" : "?" + query);
    return PageAddress.to(page.address()).with("next", back).toString();
  }
}
