package io.nettrace.edge.api.http;

import io.nettrace.platform.crypto.Sha256;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A rendered answer and its validator. */
public final class CachedAnswer {
  private static final int TAG_BYTES = 12;

  /** May be kept, but not used without asking whether it is still right. */
  public static final String ALWAYS_ASK = "private, no-cache";

  /** The past hardly changes: late deliveries only. */
  public static final String PAST = "private, max-age=300";

  /** What was known at a moment that has passed never changes. */
  public static final String IMMUTABLE = "private, max-age=86400, immutable";

  private final byte[] body;
  private final MediaType mediaType;
  private final String tag;

  public CachedAnswer(Object view) {
    this(ApiJson.bytes(view), MediaType.APPLICATION_JSON_TYPE);
  }

  private CachedAnswer(byte[] body, MediaType mediaType) {
    this(body, mediaType, digest(body));
  }

  private CachedAnswer(byte[] body, MediaType mediaType, String tag) {
    this.body = body;
    this.mediaType = mediaType;
    this.tag = tag;
  }

  /** One whose validator says only whether {@code told} is what it was. */
  public static CachedAnswer validatedBy(Object view, Object told) {
    return new CachedAnswer(
        ApiJson.bytes(view), MediaType.APPLICATION_JSON_TYPE, digest(ApiJson.bytes(told)));
  }

  public static CachedAnswer text(String text, String mediaType) {
    return new CachedAnswer(text.getBytes(StandardCharsets.UTF_8), MediaType.valueOf(mediaType));
  }

  /** Whether the client says that it has what goes by this tag. */
  public static boolean has(@Nullable String ifNoneMatch, String tag) {
    return EntityTags.parse(ifNoneMatch).matching(tag).isPresent();
  }

  public Response answer(@Nullable String ifNoneMatch) {
    return answer(ifNoneMatch, ALWAYS_ASK).build();
  }

  /**
   * 304 when the client has this very page, packed or not and under the tag that it has it by; else
   * the page.
   */
  public Response.ResponseBuilder answer(@Nullable String ifNoneMatch, String cacheControl) {
    Optional<String> kept = EntityTags.parse(ifNoneMatch).matching(tag);
    Response.ResponseBuilder response =
        kept.isPresent() ? Response.notModified() : Response.ok(body, mediaType);
    return response
        .header("ETag", '"' + kept.orElse(tag) + '"')
        .header("Cache-Control", cacheControl)
        .header("Vary", "X-API-Key, Authorization, Cookie, Accept-Encoding");
  }

  private static String digest(byte[] body) {
    byte[] hash = Sha256.of(body);
    return HexFormat.of().formatHex(hash, 0, TAG_BYTES);
  }
}
