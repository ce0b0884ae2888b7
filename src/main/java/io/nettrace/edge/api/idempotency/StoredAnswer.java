package io.nettrace.edge.api.idempotency;

import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** What a call was answered with, as far as a repetition is told it again. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StoredAnswer(
    int status,
    Optional<String> mediaType,
    Optional<String> location,
    Optional<String> tag,
    byte[] body) {
  static final String REPLAYED = "Idempotency-Replayed";

  private static final int TOO_MANY = 429;
  private static final int FIRST_FAULT = 500;

  /** Empty for an answer that is not at hand as bytes. */
  static Optional<StoredAnswer> of(ContainerResponseContext response) {
    return switch (response.getEntity()) {
      case byte[] body -> Optional.of(of(response, body));
      case null -> Optional.of(of(response, new byte[0]));
      default -> Optional.empty();
    };
  }

  private static StoredAnswer of(ContainerResponseContext response, byte[] body) {
    return new StoredAnswer(
        response.getStatus(),
        Optional.ofNullable(response.getMediaType()).map(Object::toString),
        Optional.ofNullable(response.getHeaderString("Location")),
        Optional.ofNullable(response.getHeaderString("ETag")),
        body);
  }

  /** Whether it says no more than that the client should ask again. */
  static boolean isForNow(int status) {
    return status >= FIRST_FAULT || status == TOO_MANY;
  }

  Response again() {
    Response.ResponseBuilder response =
        Response.status(status).header("Cache-Control", "no-store").header(REPLAYED, "true");
    mediaType.ifPresent(response::type);
    location.ifPresent(value -> response.header("Location", value));
    tag.ifPresent(value -> response.header("ETag", value));
    return (body.length == 0 ? response : response.entity(body)).build();
  }
}
