package io.nettrace.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;

/**
 * The OpenAPI document as a test plan of what writes: every operation is sent its examples, whose
 * names begin with the status that they get, and then bodies that are wrong in every way that its
 * schema names. Every answer is held against what is documented for its status.
 */
record Writes(Contract contract, Writer writer, SoftAssertions softly) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> VERBS = Set.of("post", "put", "patch", "delete");
  private static final int LONG = 10_000;

  /** Stands for half a character, which Java cannot send and JSON can write. */
  private static final String LONE = "~half~";

  /** Sends to the server, as somebody signed in. */
  @FunctionalInterface
  interface Writer {
    HttpResponse<byte[]> send(
        String method, String address, Optional<String> body, Map<String, String> headers)
        throws Exception;
  }

  /** An operation that writes, with a body that it would take if what it needs were there. */
  private record Operation(String method, String address, JsonNode document, JsonNode body) {
    boolean takesBody() {
      return !body.isMissingNode();
    }

    /** The same body but for one change. */
    String but(Consumer<ObjectNode> change) {
      JsonNode copy = body.deepCopy();
      change.accept((ObjectNode) (copy.isArray() ? copy.get(0) : copy));
      return copy.toString();
    }

    @Override
    public String toString() {
      return method + " " + address;
    }
  }

  /** Returns how many calls were made with wrong bodies. */
  int refusesWhatIsWrong() throws Exception {
    int calls = 0;
    for (Operation operation : operations()) {
      if (operation.takesBody()) {
        calls += refusesWhatIsWrong(operation);
      } else if (operation.address().contains("{")) {
        for (String id : List.of("!nonsense", UUID.randomUUID().toString())) {
          String address = operation.address().replaceAll("\\{[a-z_]+}", id);
          HttpResponse<byte[]> answer =
              writer.send(operation.method(), address, Optional.empty(), Map.of());
          documented(operation, address, answer);
          softly.assertThat(answer.statusCode()).as(address).isIn(204, 404);
          calls++;
        }
      }
    }
    return calls;
  }

  private int refusesWhatIsWrong(Operation operation) throws Exception {
    int calls = 0;
    for (String nothing : List.of("", "{", "nonsense", "\"text\"", "null")) {
      softly
          .assertThat(send(operation, nothing).statusCode())
          .as("%s %s", operation, nothing)
          .isEqualTo(400);
    }
    names(operation, "unheard_of", operation.but(body -> body.put("unheard_of", 1)));
    JsonNode schema = schema(operation);
    for (JsonNode needed : schema.path("required")) {
      String name = needed.asText();
      names(operation, name, operation.but(body -> body.remove(name)));
      names(operation, name, operation.but(body -> body.putNull(name)));
      calls += 2;
    }
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      String name = property.getKey();
      JsonNode type = contract.resolved(property.getValue());
      if (!type.path("additionalProperties").asBoolean()) {
        names(operation, name, operation.but(body -> body.set(name, ofAnotherType(type))));
      }
      calls += 1 + refusesText(operation, name, type);
    }
    for (JsonNode parameter : contract.parameters(operation.document())) {
      calls += honours(operation, parameter.path("name").asText());
    }
    return calls + 6;
  }

  /** Text of a length that cannot be meant, and characters that no database column takes. */
  private int refusesText(Operation operation, String name, JsonNode type) throws Exception {
    boolean isList = type.path("type").asText().equals("array");
    JsonNode text = isList ? contract.resolved(type.path("items")) : type;
    if (!text.path("type").asText().equals("string")) {
      return 0;
    }
    int most = text.path("maxLength").asInt(LONG);
    for (String bad : List.of("a".repeat(most + 1), "a".repeat(LONG))) {
      HttpResponse<byte[]> answer = send(operation, with(operation, name, isList, bad));
      softly
          .assertThat(answer.statusCode())
          .as("%s with a %s of %d characters: %s", operation, name, bad.length(), text(answer))
          .isBetween(400, 499);
    }
    for (String odd : List.of("", "a".repeat(most), "a\u0000b", LONE, "\u202e", "' or 1=1")) {
      HttpResponse<byte[]> answer = send(operation, with(operation, name, isList, odd));
      softly
          .assertThat(answer.statusCode())
          .as("%s with an odd %s: %s", operation, name, text(answer))
          .isLessThan(500);
    }
    return 8;
  }

  private static String with(Operation operation, String name, boolean isList, String text) {
    return operation
        .but(
            body -> body.set(name, isList ? JSON.createArrayNode().add(text) : body.textNode(text)))
        .replace(LONE, "\\ud800");
  }

  private static JsonNode ofAnotherType(JsonNode type) {
    return switch (type.path("type").asText()) {
      case "integer", "number", "boolean" -> JSON.getNodeFactory().textNode("x");
      case "array" -> JSON.getNodeFactory().numberNode(1);
      default -> JSON.createObjectNode().put("x", 1);
    };
  }

  private int honours(Operation operation, String header) throws Exception {
    String body = operation.body().toString();
    if (header.equals("Idempotency-Key")) {
      assertProblem(
          operation,
          send(operation, body, Map.of(header, "k".repeat(256))),
          400,
          "idempotency-key-malformed");
      return 1;
    }
    if (header.equals("If-Match")) {
      assertProblem(
          operation,
          writer.send(operation.method(), operation.address(), Optional.of(body), Map.of()),
          428,
          "version-needed");
      for (String tag : List.of("\"v999\"", "nonsense")) {
        assertProblem(operation, send(operation, body, Map.of(header, tag)), 412, "version-stale");
      }
      return 3;
    }
    return 0;
  }

  /** Every example gets the status that its name begins with. Returns their names. */
  List<String> answersItsExamples() throws Exception {
    List<String> sent = new ArrayList<>();
    for (Operation operation : operations()) {
      JsonNode media = media(operation.document());
      for (Map.Entry<String, JsonNode> example : examples(media)) {
        String body = example.getValue().path("value").toString();
        softly.assertThat(body).as("%s %s", operation, example.getKey()).isNotEmpty();
        int status = Integer.parseInt(example.getKey().substring(0, 3));
        String what = operation + " " + example.getKey();
        if (status < 300) {
          softly
              .assertThatCode(
                  () ->
                      contract.assertFits(
                          what, media.path("schema"), example.getValue().path("value")))
              .doesNotThrowAnyException();
        }
        HttpResponse<byte[]> answer = send(operation, body);
        boolean lacksSomebody = status < 300 && ofOthers(operation) && answer.statusCode() == 409;
        if (!lacksSomebody) {
          softly.assertThat(answer.statusCode()).as("%s: %s", what, text(answer)).isEqualTo(status);
        }
        sent.add(what);
      }
    }
    return sent;
  }

  /** What can be done with other members only, while the writer is the only one. */
  private static boolean ofOthers(Operation operation) {
    return operation.document().path("operationId").asText().equals("changeRole");
  }

  private List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : contract.document().path("paths").properties()) {
      for (Map.Entry<String, JsonNode> one : path.getValue().properties()) {
        if (VERBS.contains(one.getKey())) {
          operations.add(
              new Operation(
                  one.getKey().toUpperCase(java.util.Locale.ROOT),
                  path.getKey(),
                  one.getValue(),
                  body(one.getValue())));
        }
      }
    }
    return operations;
  }

  /** Those of good bodies, and those that break the schema and so are no examples of it. */
  private static List<Map.Entry<String, JsonNode>> examples(JsonNode media) {
    return Stream.of("examples", "x-refused-examples")
        .flatMap(kind -> media.path(kind).properties().stream())
        .toList();
  }

  /** The first example, completed. */
  private JsonNode body(JsonNode operation) {
    JsonNode media = media(operation);
    if (media.isMissingNode()) {
      return media;
    }
    JsonNode schema = contract.resolved(media.path("schema"));
    JsonNode example = schema.path("example");
    for (Map.Entry<String, JsonNode> one : examples(media)) {
      example = example.isMissingNode() ? one.getValue().path("value") : example;
    }
    JsonNode body = example.deepCopy();
    if (body instanceof ObjectNode object) {
      for (JsonNode needed : schema.path("required")) {
        if (!object.has(needed.asText())) {
          object.put(needed.asText(), "something");
        }
      }
    } else {
      softly
          .assertThat(body)
          .as("an example in %s", operation.path("operationId"))
          .isInstanceOf(ArrayNode.class);
    }
    return body;
  }

  private JsonNode schema(Operation operation) {
    JsonNode schema = contract.resolved(media(operation.document()).path("schema"));
    return schema.has("items") ? contract.resolved(schema.path("items")) : schema;
  }

  private static JsonNode media(JsonNode operation) {
    return operation.path("requestBody").path("content").path("application/json");
  }

  /** Of the version that is the newest, where versions matter. */
  private HttpResponse<byte[]> send(Operation operation, String body) throws Exception {
    boolean hasVersions =
        contract.parameters(operation.document()).stream()
            .anyMatch(parameter -> parameter.path("name").asText().equals("If-Match"));
    if (!hasVersions) {
      return send(operation, body, Map.of());
    }
    String newest =
        writer
            .send("GET", operation.address(), Optional.empty(), Map.of())
            .headers()
            .firstValue("ETag")
            .orElseThrow();
    return send(operation, body, Map.of("If-Match", newest));
  }

  private HttpResponse<byte[]> send(Operation operation, String body, Map<String, String> headers)
      throws Exception {
    HttpResponse<byte[]> answer =
        writer.send(operation.method(), operation.address(), Optional.of(body), headers);
    documented(operation, body, answer);
    return answer;
  }

  private void documented(Operation operation, String sent, HttpResponse<byte[]> answer)
      throws Exception {
    String what = operation + " " + (sent.length() > 300 ? sent.substring(0, 300) : sent);
    softly
        .assertThatCode(() -> contract.assertDocumented(what, operation.document(), answer))
        .doesNotThrowAnyException();
  }

  private void names(Operation operation, String field, String body) throws Exception {
    HttpResponse<byte[]> answer = send(operation, body);
    softly
        .assertThat(answer.statusCode())
        .as("%s %s: %s", operation, body, text(answer))
        .isIn(400, 422);
    softly.assertThat(text(answer)).as("%s %s", operation, body).contains(field);
  }

  private void assertProblem(
      Operation operation, HttpResponse<byte[]> answer, int status, String type) {
    softly.assertThat(answer.statusCode()).as("%s: %s", operation, text(answer)).isEqualTo(status);
    softly.assertThat(text(answer)).as("%s", operation).contains("urn:nettrace:problem:" + type);
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }
}
