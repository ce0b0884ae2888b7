package io.nettrace.edge.api.v1;

import jakarta.ws.rs.core.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A rendered answer and its validator, weak because it may travel compressed or not. */
final class Page {
  private static final String JSON = "application/json";
  private static final int TAG_BYTES = 12;

  /** May be kept, but not used without asking whether it is still right. */
  static final String ALWAYS_ASK = "private, no-cache";

  /** The past hardly changes: late deliveries only. */
  static final String PAST = "private, max-age=300";

  private final byte[] body;
  private final String tag;

  Page(Object view) {
    this.body = Json.bytes(view);
    this.tag = "\"" + digest(body) + "\"";
  }

  Response answer(@Nullable String ifNoneMatch) {
    return answer(ifNoneMatch, ALWAYS_ASK).build();
  }

  /** 304 when the client has this very page, else the page. */
  Response.ResponseBuilder answer(@Nullable String ifNoneMatch, String cacheControl) {
    Response.ResponseBuilder response =
        ifNoneMatch != null && matches(ifNoneMatch)
            ? Response.notModified()
            : Response.ok(body, JSON);
    return response
        .header("ETag", "W/" + tag)
        .header("Cache-Control", cacheControl)
        .header("Vary", "X-API-Key, Authorization, Accept-Encoding");
  }

  private boolean matches(String ifNoneMatch) {
    return ifNoneMatch.strip().equals("*") || ifNoneMatch.contains(tag);
  }

  private static String digest(byte[] body) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
      return HexFormat.of().formatHex(hash, 0, TAG_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
