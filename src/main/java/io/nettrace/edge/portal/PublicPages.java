package io.nettrace.edge.portal;

import io.nettrace.platform.Service;
import io.nettrace.platform.crypto.Sha256;
import io.nettrace.platform.web.Captured;
import io.nettrace.platform.web.KeptAnswer;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Pages that say the same to every stranger: rendered once for each way they can look, served as
 * bytes, and rendered again when they are old, by one request while the others get the old one. The
 * nonce of the rendering is taken out, since bytes that are served twice cannot have one; the few
 * scripts within the page are allowed by their digests instead.
 */
@Service
class PublicPages {
  private static final Map<PortalPage, Duration> KEPT =
      Map.of(
          PortalPage.LANDING, Duration.ofSeconds(5),
          PortalPage.PRICING, Duration.ofMinutes(10),
          PortalPage.DOCS, Duration.ofMinutes(10));
  private static final String POLICY = "Content-Security-Policy";
  private static final Pattern NONCE = Pattern.compile("'nonce-([A-Za-z0-9+/=_-]+)'");
  private static final Pattern SCRIPT = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);

  private final ConcurrentHashMap<Look, Kept> kept = new ConcurrentHashMap<>();
  private final ReentrantLock turn = new ReentrantLock();

  /** A page, and the choices of a browser that it shows. */
  private record Look(PortalPage page, String theme, boolean localTime, boolean isSecure) {}

  private record Kept(KeptAnswer answer, long atNanos) {
    boolean isFresh(Duration life) {
      return System.nanoTime() - atNanos < life.toNanos();
    }
  }

  /** Renders a page into a response; false when it was too busy for that. */
  interface Rendering {
    boolean into(Captured response) throws IOException, ServletException;
  }

  static boolean has(PortalPage page, HttpServletRequest request) {
    return KEPT.containsKey(page)
        && request.getQueryString() == null
        && (request.getMethod().equals("GET") || request.getMethod().equals("HEAD"));
  }

  /** What a stranger gets; empty when it cannot be rendered now. */
  Optional<KeptAnswer> answer(
      PortalPage page,
      Frame frame,
      HttpServletRequest request,
      Rendering rendering,
      HttpServletResponse response)
      throws IOException, ServletException {
    Look look = new Look(page, frame.getTheme(), frame.isLocalTime(), request.isSecure());
    Kept last = kept.get(look);
    if (last != null && (last.isFresh(life(page)) || !turn.tryLock())) {
      return Optional.of(last.answer);
    }
    if (last == null) {
      turn.lock();
    }
    try {
      Kept now = kept.get(look);
      if (now != null && now.isFresh(life(page))) {
        return Optional.of(now.answer); // rendered while this request waited
      }
      Captured captured = new Captured(response);
      if (!rendering.into(captured) || captured.getStatus() != HttpServletResponse.SC_OK) {
        return Optional.ofNullable(last).map(Kept::answer);
      }
      KeptAnswer answer = answer(captured);
      kept.put(look, new Kept(answer, System.nanoTime()));
      return Optional.of(answer);
    } finally {
      turn.unlock();
    }
  }

  private static Duration life(PortalPage page) {
    Duration life = KEPT.get(page);
    if (life == null) {
      throw new IllegalArgumentException(page + " is not kept");
    }
    return life;
  }

  private static KeptAnswer answer(Captured captured) {
    String policy = captured.header(POLICY).orElse("default-src 'none'; script-src 'self'");
    String page = new String(captured.bytes(), StandardCharsets.UTF_8);
    var nonce = NONCE.matcher(policy);
    if (nonce.find()) {
      page = page.replace(" nonce=\"" + nonce.group(1) + "\"", "").replace(nonce.group(1), "");
      policy = nonce.replaceAll("");
    }
    String digests =
        SCRIPT
            .matcher(page)
            .results()
            .map((MatchResult script) -> " 'sha256-" + digest(script.group(1)) + "'")
            .distinct()
            .collect(Collectors.joining());
    return new KeptAnswer(
        page.getBytes(StandardCharsets.UTF_8),
        "text/html;charset=UTF-8",
        Map.of(
            POLICY,
            policy.strip().replaceAll("[;\\s]+$", "") + digests,
            "Cache-Control",
            "no-cache"));
  }

  private static String digest(String script) {
    return Base64.getEncoder().encodeToString(Sha256.of(script));
  }
}
