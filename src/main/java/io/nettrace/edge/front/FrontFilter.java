package io.nettrace.edge.front;

import io.nettrace.platform.log.SampledLog;
import io.nettrace.platform.problem.Problem;
import io.nettrace.platform.problem.Problems;
import io.nettrace.platform.web.ClientAddress;
import io.nettrace.platform.web.ClientFaults;
import io.nettrace.platform.web.Gate;
import io.nettrace.platform.web.PageGate;
import io.nettrace.platform.web.Plane;
import io.nettrace.platform.web.Received;
import io.nettrace.platform.web.ShortAnswer;
import io.nettrace.platform.web.WebConfig;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The first thing that every request meets, on every listener; web.xml puts it before all others.
 * The package says what it does, and in which order.
 */
public class FrontFilter extends HttpFilter {
  private static final Logger LOG = System.getLogger(FrontFilter.class.getName());
  private static final Duration ONE_LINE_IN = Duration.ofSeconds(10);
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  private static final String ALLOWED = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT";
  private static final int CLIENTS_FAULT = 400;
  private static final int FAULT = 500;
  private static final int WAITING_PER_PERMIT = 4;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  /** How many bodies of the longest kind fit into memory at once. */
  private static final int LONGEST_BODIES = 32;

  private final transient WebConfig config;
  private final transient Clock clock;
  private final transient HostNames hosts;
  private final transient KnownCallers known;
  private final transient Occupancy occupancy;
  private final transient BodyIntake bodies;
  private final transient Gate gate;
  private final transient PublicHealth health = new PublicHealth();
  private final transient ApiDocument document = new ApiDocument();
  private final transient SampledLog log;
  private final transient RequestMetrics metrics;

  @Inject
  FrontFilter(
      WebConfig config, HostNames hosts, KnownCallers known, RequestMetrics metrics, Clock clock) {
    this.config = config;
    this.clock = clock;
    this.log = new SampledLog(LOG, Level.INFO, ONE_LINE_IN, clock);
    this.hosts = hosts;
    this.known = known;
    this.metrics = metrics;
    this.occupancy = new Occupancy(config.maxRequests(), config.maxPerAddress());
    this.bodies =
        new BodyIntake(
            config.maxBodyBytes(),
            (long) config.maxBodyBytes() * LONGEST_BODIES,
            config.bodyTimeout(),
            System::nanoTime);
    this.gate =
        new Gate(config.maxWorking(), config.maxWorking() * WAITING_PER_PERMIT, LONGEST_WAIT);
    metrics.watch(occupancy, gate);
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Plane plane = Plane.of(request.getLocalPort(), config);
    plane.mark(request);
    response.setDateHeader("Date", clock.millis());
    long begun = System.nanoTime();
    String path = path(request);
    int status = FAULT;
    try {
      answer(plane, path, request, response, chain);
      status = response.getStatus();
    } catch (IOException | ServletException | RuntimeException e) {
      // its answer is made after this filter, by the page for faults
      status = ClientFaults.isOne(e) ? CLIENTS_FAULT : FAULT;
      throw e;
    } finally {
      metrics.answered(plane, path, status, System.nanoTime() - begun);
    }
  }

  private void answer(
      Plane plane,
      String path,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    if (!plane.serves(path)) {
      ShortAnswer.send(request, response, Problems.of(404));
    } else if (!METHODS.contains(request.getMethod())) {
      response.setHeader("Allow", ALLOWED);
      metrics.refused(FrontRefusals.METHOD.type());
      ShortAnswer.send(request, response, FrontRefusals.METHOD);
    } else if (plane != Plane.SCANNERS && ApiDocument.isAskedFor(request)) {
      document.serve(request, response);
    } else if (plane == Plane.OPERATIONS || plane == Plane.SCANNERS) {
      // a plane of its own has threads of its own, and knows who may reach it
      PageGate.mark(request, true);
      chain.doFilter(request, new FrontResponse(response, request.getHeader("Host"), () -> {}));
    } else if (!hosts.isAnswered(request)) {
      metrics.refused(FrontRefusals.OTHER_HOST.type());
      ShortAnswer.send(request, response, FrontRefusals.OTHER_HOST);
    } else if (plane == Plane.PUBLIC && PublicHealth.isAt(request.getRequestURI())) {
      health.answer(request, response, chain);
    } else {
      takeIn(request, response, chain);
    }
  }

  /** As the container understood it: decoded, and without any way up or around. */
  private static String path(HttpServletRequest request) {
    String rest = request.getPathInfo();
    return rest == null ? request.getServletPath() : request.getServletPath() + rest;
  }

  private void takeIn(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    ClientAddress client = ClientAddress.of(request, config.trustedProxies());
    Optional<UUID> shown = KnownCallers.digest(request);
    boolean isKnown = shown.filter(known::isKnown).isPresent();
    switch (occupancy.enter(client.text(), isKnown)) {
      case FULL -> refuse(request, response, client, FrontRefusals.BUSY);
      case TOO_MANY_OF_ADDRESS -> refuse(request, response, client, FrontRefusals.ADDRESS_BUSY);
      case ENTERED -> {
        try {
          receive(request, response, chain, client, shown, isKnown);
        } finally {
          occupancy.leave(client.text(), isKnown);
        }
      }
    }
  }

  private void receive(
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain,
      ClientAddress client,
      Optional<UUID> shown,
      boolean isKnown)
      throws IOException, ServletException {
    PageGate.mark(request, isKnown);
    if (!BodyIntake.has(request)) {
      work(new FrontRequest(request, client, null), response, chain, shown, isKnown);
      return;
    }
    switch (bodies.read(request)) {
      case BodyIntake.Intake.Whole(byte[] body) -> {
        try {
          work(new FrontRequest(request, client, body), response, chain, shown, isKnown);
        } finally {
          bodies.forget(body.length);
        }
      }
      case BodyIntake.Intake.TooLong _ ->
          end(request, response, client, FrontRefusals.BODY_TOO_LONG);
      case BodyIntake.Intake.TooSlow _ ->
          end(request, response, client, FrontRefusals.BODY_TOO_SLOW);
      case BodyIntake.Intake.NoRoom _ -> end(request, response, client, FrontRefusals.NO_ROOM);
      case BodyIntake.Intake.Broken _ -> end(request, response, client, FrontRefusals.BODY_BROKEN);
    }
  }

  private void work(
      FrontRequest request,
      HttpServletResponse response,
      FilterChain chain,
      Optional<UUID> shown,
      boolean isKnown)
      throws IOException, ServletException {
    if (!gate.enter(isKnown)) {
      refuse(
          request, response, new ClientAddress(request.getRemoteAddr(), false), FrontRefusals.BUSY);
      return;
    }
    Received.mark((HttpServletRequest) request.getRequest(), request);
    AtomicBoolean isInside = new AtomicBoolean(true);
    Runnable leave =
        () -> {
          if (isInside.compareAndSet(true, false)) {
            gate.leave(isKnown);
          }
        };
    try {
      chain.doFilter(request, new FrontResponse(response, request.getHeader("Host"), leave));
    } finally {
      leave.run();
    }
    shown.filter(_ -> PageGate.isKnown(request)).ifPresent(known::wasGood);
  }

  /** What is left of the body is not waited for. */
  private void end(
      HttpServletRequest request,
      HttpServletResponse response,
      ClientAddress client,
      Problem problem)
      throws IOException {
    response.setHeader("Connection", "close");
    refuse(request, response, client, problem);
  }

  private void refuse(
      HttpServletRequest request,
      HttpServletResponse response,
      ClientAddress client,
      Problem problem)
      throws IOException {
    metrics.refused(problem.type());
    log.log(
        problem.type(),
        "A request was refused with %d, %s, from %s"
            .formatted(problem.status(), problem.type(), client.text()));
    ShortAnswer.send(request, response, problem);
  }
}
