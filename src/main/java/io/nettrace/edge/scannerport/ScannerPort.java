package io.nettrace.edge.scannerport;

import io.nettrace.platform.DatabaseException;
import io.nettrace.platform.DatabaseUnavailableException;
import io.nettrace.platform.Startup;
import io.nettrace.platform.log.SampledLog;
import io.nettrace.platform.problem.Problem;
import io.nettrace.platform.problem.Problems;
import io.nettrace.platform.problem.TraceId;
import io.nettrace.scan.Deliveries;
import io.nettrace.scan.DeliveryOutcome;
import io.nettrace.scan.Introduction;
import io.nettrace.scan.RenewalOutcome;
import io.nettrace.scan.ScanConfig;
import io.nettrace.scan.ScannerCredentials;
import io.nettrace.scan.ScannerPass;
import io.nettrace.scan.VantagePoint;
import io.nettrace.scan.VantagePoints;
import io.nettrace.scanner.Delivery;
import io.nettrace.scanner.Hello;
import io.nettrace.scanner.MalformedMessageException;
import io.nettrace.scanner.Renewal;
import io.nettrace.scanner.Wire;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The three calls of a scanner. A plain servlet: the body is bounded while it is read, and nothing
 * is read of a caller without a credential. A credential that is unknown, revoked or another
 * vantage point's is answered alike.
 */
@WebServlet("/scanner/v1/*")
public class ScannerPort extends HttpServlet {
  private static final Logger LOG = System.getLogger(ScannerPort.class.getName());
  private static final Set<String> CALLS = Set.of("/hello", "/leases", "/deliveries");
  private static final String BEARER = "Bearer ";

  private final SampledLog refusals =
      new SampledLog(LOG, Level.WARNING, Duration.ofMinutes(1), Clock.systemUTC());
  private final Startup startup;
  private final ScannerCredentials credentials;
  private final ScanConfig config;
  private final VantagePoints vantagePoints;
  private final Deliveries deliveries;

  @Inject
  public ScannerPort(
      Startup startup,
      ScannerCredentials credentials,
      ScanConfig config,
      VantagePoints vantagePoints,
      Deliveries deliveries) {
    this.startup = startup;
    this.credentials = credentials;
    this.config = config;
    this.vantagePoints = vantagePoints;
    this.deliveries = deliveries;
  }

  /** What to send back. */
  private sealed interface Answer {
    record Message(Object content) implements Answer {}

    record Refusal(Problem problem) implements Answer {}
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    switch (answer(request)) {
      case Answer.Message(Object content) ->
          send(response, 200, "application/json", Wire.write(content));
      case Answer.Refusal(Problem problem) -> refuse(request, response, problem);
    }
  }

  private Answer answer(HttpServletRequest request) throws IOException {
    String path = String.valueOf(request.getPathInfo());
    if (!CALLS.contains(path)) {
      return new Answer.Refusal(Problems.of(404));
    }
    if (!request.getMethod().equals("POST")) {
      return new Answer.Refusal(Problems.of(405));
    }
    Optional<String> presented = presented(request);
    if (presented.isEmpty()) {
      return unauthorised();
    }
    if (!startup.isDatabaseReady()) {
      return new Answer.Refusal(Problems.databaseUnavailable());
    }
    try {
      Optional<ScannerPass> pass = credentials.check(presented.get());
      return pass.isEmpty() ? unauthorised() : answer(pass.get(), path, request);
    } catch (MalformedMessageException e) {
      return new Answer.Refusal(
          Problem.of("malformed-message", "Not a message", 400, String.valueOf(e.getMessage())));
    } catch (DatabaseUnavailableException e) {
      return new Answer.Refusal(Problems.databaseUnavailable());
    } catch (DatabaseException e) {
      LOG.log(Level.ERROR, "a scanner's message could not be stored", e);
      return new Answer.Refusal(Problems.of(500));
    }
  }

  private Answer answer(ScannerPass by, String path, HttpServletRequest request)
      throws IOException, MalformedMessageException {
    byte[] body = request.getInputStream().readNBytes(config.maxDeliveryBytes() + 1);
    if (body.length > config.maxDeliveryBytes()) {
      return new Answer.Refusal(Problems.of(413));
    }
    return switch (path) {
      case "/hello" -> hello(by, body);
      case "/leases" -> renew(by, body);
      default -> deliver(by, body);
    };
  }

  private Answer hello(ScannerPass by, byte[] body) throws MalformedMessageException {
    Hello hello = Wire.read(body, Hello.class);
    return switch (vantagePoints.introduce(by, hello)) {
      case Introduction.Assigned(var assignment) -> new Answer.Message(assignment);
      case Introduction.Refused(String reason) -> conflict(reason);
      case Introduction.NotAdmitted _ -> foreign(by, hello.vantagePoint());
    };
  }

  private Answer renew(ScannerPass by, byte[] body) throws MalformedMessageException {
    Renewal renewal = Wire.read(body, Renewal.class);
    return switch (vantagePoints.renew(by, renewal)) {
      case RenewalOutcome.Extended(var renewed) -> new Answer.Message(renewed);
      case RenewalOutcome.Unknown _ -> conflict("this run of the scanner has not said hello");
      case RenewalOutcome.NotAdmitted _ -> foreign(by, renewal.vantagePoint());
    };
  }

  private Answer deliver(ScannerPass by, byte[] body) throws MalformedMessageException {
    Delivery delivery = Wire.read(body, Delivery.class);
    return switch (deliveries.take(by, delivery)) {
      case DeliveryOutcome.Stored(var acknowledgement) -> new Answer.Message(acknowledgement);
      case DeliveryOutcome.Refused(String reason) -> conflict(reason);
      case DeliveryOutcome.NotAdmitted _ -> foreign(by, delivery.vantagePoint());
    };
  }

  /** The log tells the operator what the answer does not tell the caller. */
  private Answer foreign(ScannerPass by, String named) {
    String whose =
        switch (by) {
          case ScannerPass.OfVantagePoint(var _, String name) -> "the credential of " + name;
          case ScannerPass.SharedToken _ -> "the shared token";
        };
    String other = VantagePoint.isName(named) ? named : "another vantage point";
    refusals.log(whose, "A scanner with " + whose + " spoke for " + other + " and was refused");
    return unauthorised();
  }

  private static Answer unauthorised() {
    return new Answer.Refusal(
        Problem.of(
            "scanner-token",
            "Not a scanner of ours",
            401,
            "Present the vantage point's credential as Authorization: Bearer …"));
  }

  private static Answer conflict(String reason) {
    return new Answer.Refusal(
        Problem.of("vantage-point", "This vantage point may not speak", 409, reason));
  }

  private static Optional<String> presented(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader("Authorization"))
        .filter(header -> header.startsWith(BEARER))
        .map(header -> header.substring(BEARER.length()).strip());
  }

  private static void refuse(
      HttpServletRequest request, HttpServletResponse response, Problem problem)
      throws IOException {
    if (problem.status() == 401) {
      response.setHeader("WWW-Authenticate", "Bearer");
    }
    if (problem.status() == 405) {
      response.setHeader("Allow", "POST");
    }
    problem
        .retryAfterSeconds()
        .ifPresent(seconds -> response.setHeader("Retry-After", Integer.toString(seconds)));
    String traceId = TraceId.of(request.getHeader("traceparent"));
    byte[] body = problem.json(request.getRequestURI(), traceId);
    send(response, problem.status(), Problem.MEDIA_TYPE, body);
  }

  private static void send(HttpServletResponse response, int status, String type, byte[] body)
      throws IOException {
    response.setStatus(status);
    response.setContentType(type);
    response.setHeader("Cache-Control", "no-store");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
