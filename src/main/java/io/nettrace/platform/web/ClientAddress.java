package io.nettrace.platform.web;

import io.nettrace.metric.Cidr;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from: the peer itself, or, where that is a trusted proxy, the last address
 * in {@code Forwarded} (RFC 7239), else {@code X-Forwarded-For}, that is no trusted proxy. Whatever
 * stands before it may have been written by the client, and is ignored.
 *
 * @param isSecure whether the client spoke HTTPS to the proxy
 */
public record ClientAddress(String text, boolean isSecure) {
  /** More than this many proxies in a row are no installation but an attack. */
  private static final int MOST_HOPS = 32;

  private static final Pattern FORWARDED =
      Pattern.compile(
          "(?:^|[;,])\\s*for\\s*=\\s*(?:\"([^\"]*)\"|([^;,\\s]*))", Pattern.CASE_INSENSITIVE);
  private static final Pattern PROTO =
      Pattern.compile("(?:^|[;,])\\s*proto\\s*=\\s*\"?([a-z]+)\"?", Pattern.CASE_INSENSITIVE);

  public static ClientAddress of(HttpServletRequest request, List<Cidr> trusted) {
    String peer = request.getRemoteAddr();
    if (trusted.isEmpty() || !isTrusted(peer, trusted)) {
      return new ClientAddress(peer, request.isSecure());
    }
    List<String> hops = hops(request);
    String client = peer;
    for (int i = hops.size() - 1; i >= 0 && i >= hops.size() - MOST_HOPS; i--) {
      Optional<String> hop = address(hops.get(i));
      if (hop.isEmpty()) {
        break; // hidden or malformed: what stands before it cannot be told from a client's own
        // words
      }
      client = hop.get();
      if (!isTrusted(client, trusted)) {
        break;
      }
    }
    return new ClientAddress(client, isSecure(request));
  }

  private static boolean isTrusted(String address, List<Cidr> trusted) {
    InetAddress literal = InetAddress.ofLiteral(address);
    return trusted.stream().anyMatch(range -> range.contains(literal));
  }

  private static List<String> hops(HttpServletRequest request) {
    List<String> hops = new ArrayList<>();
    for (String line : Collections.list(request.getHeaders("Forwarded"))) {
      Matcher matcher = FORWARDED.matcher(line);
      while (matcher.find()) {
        hops.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
      }
    }
    if (hops.isEmpty()) {
      for (String line : Collections.list(request.getHeaders("X-Forwarded-For"))) {
        for (String hop : line.split(",", -1)) {
          hops.add(hop.strip());
        }
      }
    }
    return hops;
  }

  /** An address in digits, perhaps in brackets and with a port. */
  private static Optional<String> address(String hop) {
    String text = hop;
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      text = end < 0 ? "" : text.substring(1, end);
    } else if (text.indexOf(':') == text.lastIndexOf(':') && text.indexOf(':') > 0) {
      text = text.substring(0, text.indexOf(':'));
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text).getHostAddress());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isSecure(HttpServletRequest request) {
    @Nullable String forwarded = last(request, "Forwarded");
    if (forwarded != null) {
      Matcher matcher = PROTO.matcher(forwarded);
      String proto = "";
      while (matcher.find()) {
        proto = matcher.group(1);
      }
      if (!proto.isEmpty()) {
        return proto.equalsIgnoreCase("https");
      }
    }
    @Nullable String proto = last(request, "X-Forwarded-Proto");
    return proto == null
        ? request.isSecure()
        : proto.substring(proto.lastIndexOf(',') + 1).strip().equalsIgnoreCase("https");
  }

  private static @Nullable String last(HttpServletRequest request, String name) {
    List<String> lines = Collections.list(request.getHeaders(name));
    return lines.isEmpty() ? null : lines.getLast();
  }
}
