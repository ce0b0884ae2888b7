package io.nettrace.edge.front;

import io.nettrace.platform.problem.Problem;
import io.nettrace.platform.problem.Problems;
import io.nettrace.platform.problem.TraceId;
import io.nettrace.platform.web.AcceptedCodings;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.FilterChainEvent;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpEvents;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpPacket;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.util.MimeHeaders;
import org.glassfish.grizzly.http.util.RequestURIRef;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.memory.MemoryManager;
import org.jspecify.annotations.Nullable;

/**
 * The step right above the server's HTTP codec. An address that no client writes is refused here,
 * since the container would answer it with an empty 200 and a long log; and every answer, the
 * container's own included, gets its date and what browsers must be told. Once the doors are closed
 * every request is refused here, since the container would answer for an application that is gone.
 * What the codec itself cannot read never comes this far.
 */
final class CodecFilter extends BaseFilter {
  private static final Map<String, String> HEADERS =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "same-origin",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");

  /** For what is no page; a page of ours brings its own policy. */
  private static final String NO_PAGE = "default-src 'none'; frame-ancestors 'none'";

  /** RFC 9110, 5.6.7; Java's own formatter of RFC 1123 writes days of one digit. */
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private final Clock clock;
  private volatile Stamp stamp = new Stamp(Long.MIN_VALUE, "");
  private final boolean isSecure;
  private final Set<String> folders;
  private final BooleanSupplier isClosed;

  /** A second as answers write it. */
  private record Stamp(long second, String text) {}

  /**
   * @param isSecure whether people reach this installation by HTTPS
   * @param folders paths of the application's folders, without a slash at the end
   * @param isClosed whether no request is let in any more
   */
  CodecFilter(Clock clock, boolean isSecure, Set<String> folders, BooleanSupplier isClosed) {
    this.clock = clock;
    this.isSecure = isSecure;
    this.isClosed = isClosed;
    this.folders = Set.copyOf(folders);
  }

  @Override
  public NextAction handleRead(FilterChainContext context) {
    if (context.getMessage() instanceof HttpContent content
        && content.getHttpHeader() instanceof HttpRequestPacket request
        && !request.isCommitted()) {
      if (isClosed.getAsBoolean()) {
        return refuse(context, request, FrontRefusals.CLOSED);
      }
      Optional<String> fault =
          RawAddress.fault(request.getRequestURIRef().getOriginalRequestURIBC().toString());
      if (fault.isPresent()) {
        return refuse(context, request, because(Problems.of(400), "the address " + fault.get()));
      }
      enterFolder(request.getRequestURIRef());
      if (!METHODS.contains(request.getMethod().getMethodString())) {
        return refuse(
            context, request, because(FrontRefusals.METHOD, "the method is none of HTTP's"));
      }
      // the container packs for clients that ask for another coding, and leaves the plain one's tag
      if (!AcceptedCodings.takesGzip(request.getHeader("Accept-Encoding"))) {
        request.getHeaders().removeHeader("Accept-Encoding");
      }
      if (isLast(request.getHeader("Connection"))) {
        request.getProcessingState().setKeepAlive(false);
      }
    }
    return context.getInvokeAction();
  }

  /**
   * The container redirects from a folder to the same with a slash before any filter, to whatever
   * host the client named. With the slash it is an address like any other.
   */
  private void enterFolder(RequestURIRef address) {
    String raw = address.getOriginalRequestURIBC().toString();
    if (folders.contains(RawAddress.path(raw))) {
      address.init(RawAddress.path(raw) + "/");
    }
  }

  /** The codec knows {@code close} only where it stands alone. */
  private static boolean isLast(@Nullable String connection) {
    return connection != null
        && connection.indexOf(',') >= 0
        && Arrays.stream(connection.split(","))
            .anyMatch(option -> option.strip().equalsIgnoreCase("close"));
  }

  /**
   * A wish to go on in another protocol is not heard: what follows is the body of an ordinary
   * request. Java's own client asks for HTTP/2 so with its first request, whatever its body.
   */
  @Override
  public NextAction handleEvent(FilterChainContext context, FilterChainEvent event) {
    if (event instanceof HttpEvents.IncomingHttpUpgradeEvent upgrade
        && !"websocket".equalsIgnoreCase(upgrade.getHttpHeader().getUpgrade())) {
      HttpHeader header = upgrade.getHttpHeader();
      header.getUpgradeDC().recycle();
      header.getHeaders().removeHeader("Upgrade");
      header.setIgnoreContentModifiers(false);
    }
    return context.getInvokeAction();
  }

  @Override
  public NextAction handleWrite(FilterChainContext context) {
    if (context.getMessage() instanceof HttpPacket packet
        && packet.getHttpHeader() instanceof HttpResponsePacket response
        && !response.isCommitted()) {
      complete(response);
    }
    return context.getInvokeAction();
  }

  private void complete(HttpResponsePacket response) {
    if (!response.containsHeader("Date")) {
      beginAgain(response.getHeaders());
      response.setHeader("Date", date());
    }
    response.getHeaders().removeHeader("Server");
    HEADERS.forEach(
        (name, value) -> {
          if (!response.containsHeader(name)) {
            response.setHeader(name, value);
          }
        });
    if (!response.containsHeader("Content-Security-Policy")) {
      response.setHeader("Content-Security-Policy", NO_PAGE);
    }
    if (isSecure && !response.containsHeader("Strict-Transport-Security")) {
      response.setHeader("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    }
  }

  private static Problem because(Problem kind, String detail) {
    return Problem.of(kind.type(), kind.title(), kind.status(), "In this request " + detail + ".");
  }

  /**
   * The container takes the headers of its own answers for ended, and lets further ones pass as
   * trailers only, among which no date may be.
   */
  private static void beginAgain(MimeHeaders headers) {
    MimeHeaders all = new MimeHeaders();
    all.copyFrom(headers);
    headers.clear();
    headers.copyFrom(all);
  }

  private String date() {
    long second = clock.instant().getEpochSecond();
    Stamp last = stamp;
    if (last.second != second) {
      last =
          new Stamp(
              second, HTTP_DATE.format(Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC)));
      stamp = last;
    }
    return last.text;
  }

  private NextAction refuse(
      FilterChainContext context, HttpRequestPacket request, Problem problem) {
    byte[] body = problem.json("/", TraceId.of(request.getHeader("traceparent")));
    HttpResponsePacket response = request.getResponse();
    response.setStatus(problem.status());
    response.setContentType(Problem.MEDIA_TYPE);
    response.setContentLength(body.length);
    response.setHeader("Cache-Control", "no-store");
    problem
        .retryAfterSeconds()
        .ifPresent(seconds -> response.setHeader("Retry-After", Integer.toString(seconds)));
    response.setHeader("Connection", "close");
    complete(response);
    request.getProcessingState().setKeepAlive(false);
    Buffer bytes = Buffers.wrap(MemoryManager.DEFAULT_MEMORY_MANAGER, body);
    context.write(
        HttpContent.builder(response).content(bytes).last(true).build(),
        new Closing(context.getConnection()));
    request.setSkipRemainder(true);
    return context.getStopAction();
  }

  /** Closes a connection when the last answer has left. */
  @SuppressWarnings("rawtypes") // as the server declares it
  private static final class Closing extends EmptyCompletionHandler<WriteResult> {
    private final Connection connection;

    Closing(Connection connection) {
      this.connection = connection;
    }

    @Override
    public void completed(WriteResult written) {
      connection.closeSilently();
    }
  }
}
