package io.nettrace.edge.scannerport;

import io.nettrace.platform.DatabaseException;
import io.nettrace.platform.DatabaseUnavailableException;
import io.nettrace.platform.Startup;
import io.nettrace.platform.problem.Problem;
import io.nettrace.platform.problem.Problems;
import io.nettrace.platform.problem.TraceId;
import io.nettrace.scan.Deliveries;
import io.nettrace.scan.DeliveryOutcome;
import io.nettrace.scan.Introduction;
import io.nettrace.scan.ScanConfig;
import io.nettrace.scan.ScannerToken;
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
import java.util.Set;

/**
 * The three calls of a scanner. A plain servlet: the body is bounded while it is read, and nothing
 * is parsed for somebody without the token.
 */
@WebServlet("/scanner/v1/*")
public class ScannerPort extends HttpServlet {
  private static final Logger LOG = System.getLogger(ScannerPort.class.getName());
  private static final Set<String> CALLS = Set.of("/hello", "/leases", "/deliveries");
  private static final String BEARER = "Bearer ";

  private final Startup startup;
  private final ScannerToken token;
  private final ScanConfig config;
  private final VantagePoints vantagePoints;
  private final Deliveries deliveries;

  @Inject
  public ScannerPort(
      Startup startup,
      ScannerToken token,
      ScanConfig config,
      VantagePoints vantagePoints,
      Deliveries deliveries) {
    this.startup = startup;
    this.token = token;
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
    if (!isAuthentic(request)) {
      return new Answer.Refusal(
          Problem.of(
              "scanner-token",
              "Not a scanner of ours",
              401,
              "Present the scanner token as Authorization: Bearer …"));
    }
    if (!startup.isDatabaseReady()) {
      return new Answer.Refusal(Problems.databaseUnavailable());
    }
    byte[] body = request.getInputStream().readNBytes(config.maxDeliveryBytes() + 1);
    if (body.length > config.maxDeliveryBytes()) {
      return new Answer.Refusal(Problems.of(413));
    }
    return handle(path, body);
  }

  private Answer handle(String path, byte[] body) {
    try {
      return switch (path) {
        case "/hello" -> hello(body);
        case "/leases" -> renew(body);
        default -> deliver(body);
      };
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

  private Answer hello(byte[] body) throws MalformedMessageException {
    return switch (vantagePoints.introduce(Wire.read(body, Hello.class))) {
      case Introduction.Assigned(var assignment) -> new Answer.Message(assignment);
      case Introduction.Refused(String reason) -> conflict(reason);
    };
  }

  private Answer renew(byte[] body) throws MalformedMessageException {
    return vantagePoints
        .renew(Wire.read(body, Renewal.class))
        .<Answer>map(Answer.Message::new)
        .orElseGet(() -> conflict("this run of the scanner has not said hello"));
  }

  private Answer deliver(byte[] body) throws MalformedMessageException {
    return switch (deliveries.take(Wire.read(body, Delivery.class))) {
      case DeliveryOutcome.Stored(var acknowledgement) -> new Answer.Message(acknowledgement);
      case DeliveryOutcome.Refused(String reason) -> conflict(reason);
    };
  }

  private static Answer conflict(String reason) {
    return new Answer.Refusal(
        Problem.of("vantage-point", "This vantage point may not speak", 409, reason));
  }

  private boolean isAuthentic(HttpServletRequest request) {
    String header = request.getHeader("Authorization");
    return header != null
        && header.startsWith(BEARER)
        && token.matches(header.substring(BEARER.length()).strip());
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
