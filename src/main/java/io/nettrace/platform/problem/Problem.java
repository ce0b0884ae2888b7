package io.nettrace.platform.problem;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * What went wrong, for people and programs.
 *
 * @param type last part of the stable type address
 * @param detail what to know about this occurrence
 * @param errors what is wrong with single parameters
 * @param retryAfterSeconds when asking again may help
 */
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    List<FieldError> errors,
    OptionalInt retryAfterSeconds) {
  public static final String MEDIA_TYPE = "application/problem+json";
  private static final String TYPES = "urn:nettrace:problem:";
  private static final JsonFactory JSON = new JsonFactory();

  public Problem {
    errors = List.copyOf(errors);
  }

  /** What is wrong with one parameter. */
  public record FieldError(String parameter, String reason) {}

  public static Problem of(String type, String title, int status, String detail) {
    return new Problem(type, title, status, detail, List.of(), OptionalInt.empty());
  }

  public Problem retryAfter(Duration wait) {
    return retryAfter(wholeSeconds(wait));
  }

  /** A wait in whole seconds, never shorter than it is, and at least one. */
  public static int wholeSeconds(Duration wait) {
    return Math.clamp(wait.plusSeconds(1).minusNanos(1).toSeconds(), 1, Integer.MAX_VALUE);
  }

  public Problem retryAfter(int seconds) {
    return new Problem(type, title, status, detail, errors, OptionalInt.of(seconds));
  }

  /** The document, for one request to one path. */
  public byte[] json(String instance, String traceId) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("type", TYPES + type);
      json.writeStringField("title", title);
      json.writeNumberField("status", status);
      json.writeStringField("detail", detail);
      json.writeStringField("instance", instance);
      json.writeStringField("trace_id", traceId);
      writeErrors(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private void writeErrors(JsonGenerator json) throws IOException {
    if (errors.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("errors");
    for (FieldError error : errors) {
      json.writeStartObject();
      json.writeStringField("parameter", error.parameter());
      json.writeStringField("reason", error.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
