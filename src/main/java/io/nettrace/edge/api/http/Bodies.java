package io.nettrace.edge.api.http;

import com.fasterxml.jackson.databind.node.NullNode;
import io.nettrace.platform.problem.Problem;
import io.nettrace.platform.problem.Problem.FieldError;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What clients send, bounded and checked, and what they are told is wrong with it. */
public final class Bodies {
  private static final int LONGEST = 1 << 16;

  private Bodies() {}

  /** A document of at most 64 KiB; members that the type does not have are refused. */
  public static <T> T read(InputStream body, Class<T> type) throws IOException {
    return read(body, type, LONGEST);
  }

  public static <T> T read(InputStream body, Class<T> type, int longest) throws IOException {
    byte[] bytes = body.readNBytes(longest + 1);
    if (bytes.length > longest) {
      throw new RefusalException(
          Problem.of(
              "too-large", "Too large", 413, "The body has more than " + longest + " bytes."));
    }
    return ApiJson.read(bytes, type);
  }

  /** A member that has to be there. */
  public static <T> T needed(String name, @Nullable T value) {
    if (value == null || value instanceof NullNode) {
      throw refused(List.of(new FieldError(name, "is needed")));
    }
    return value;
  }

  /** Everything that is wrong with a body whose form is right. */
  public static RefusalException refused(List<FieldError> errors) {
    String first = errors.getFirst().parameter() + ": " + errors.getFirst().reason();
    return new RefusalException(
        new Problem(
            "invalid-body",
            "The request's body is wrong",
            422,
            errors.size() == 1 ? first : first + " (and " + (errors.size() - 1) + " more)",
            errors,
            OptionalInt.empty()));
  }

  public static <F> RefusalException refused(
      List<F> faults, Function<F, String> field, Function<F, String> reason) {
    return refused(
        faults.stream()
            .map(fault -> new FieldError(field.apply(fault), reason.apply(fault)))
            .toList());
  }

  /** An answer that nobody keeps: it is about what is now, or holds what is shown once. */
  public static Response answer(int status, Object view) {
    return answer(status, ApiJson.bytes(view));
  }

  /** The same, of a JSON document that somebody else has written. */
  public static Response written(int status, String json) {
    return answer(status, json.getBytes(StandardCharsets.UTF_8));
  }

  private static Response answer(int status, byte[] json) {
    return Response.status(status)
        .type("application/json")
        .header("Cache-Control", "no-store")
        .entity(json)
        .build();
  }
}
