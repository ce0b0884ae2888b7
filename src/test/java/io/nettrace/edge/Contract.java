package io.nettrace.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The OpenAPI document as a test plan: every operation that reads is asked with its examples, then
 * with each optional parameter's example, then with nonsense in each parameter, and every answer is
 * held against what is documented for its status.
 *
 * @param substitutes examples that only the running server can give, by parameter
 */
record Contract(JsonNode document, Map<String, String> substitutes, Caller caller) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NONSENSE = "!nonsense";

  /** Asks the server, by a key or, where only people are answered, as somebody signed in. */
  @FunctionalInterface
  interface Caller {
    HttpResponse<byte[]> get(String address, boolean signedIn) throws Exception;
  }

  /** Returns what was asked. */
  List<String> checkEverything() throws Exception {
    List<String> asked = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      JsonNode operation = path.getValue().path("get");
      if (!operation.isMissingNode()) {
        check(path.getKey(), operation, asked);
      }
    }
    return asked;
  }

  private void check(String template, JsonNode operation, List<String> asked) throws Exception {
    List<JsonNode> parameters = parameters(operation);
    String needed = address(template, parameters, Optional.empty(), "");
    answers(needed, operation, 200, asked);
    for (JsonNode parameter : parameters) {
      if (!parameter.path("in").asText().equals("query")) {
        continue;
      }
      if (parameter.has("example")) {
        String example = example(parameter);
        answers(
            address(template, parameters, Optional.of(parameter), example), operation, 200, asked);
      }
      int status = answerToNonsense(parameter);
      answers(
          address(template, parameters, Optional.of(parameter), NONSENSE),
          operation,
          status,
          asked);
    }
    answers(needed + (needed.contains("?") ? "&" : "?") + "unheard_of=1", operation, 400, asked);
  }

  /** Names of things that are not there are not found; anything may be a tag; the rest is wrong. */
  private static int answerToNonsense(JsonNode parameter) {
    return switch (parameter.path("name").asText()) {
      case "vantage_point", "host" -> 404;
      case "tag" -> 200;
      default -> 400;
    };
  }

  private void answers(String address, JsonNode operation, int status, List<String> asked)
      throws Exception {
    HttpResponse<byte[]> response = caller.get(address, isForPeople(operation));
    asked.add(address);
    String body = new String(response.body(), StandardCharsets.UTF_8);
    assertThat(response.statusCode()).as("%s: %s", address, body).isEqualTo(status);
    assertDocumented(address, operation, response);
  }

  /** The status is documented, and so is everything that came with it. */
  void assertDocumented(String what, JsonNode operation, HttpResponse<byte[]> response)
      throws Exception {
    int status = response.statusCode();
    String body = new String(response.body(), StandardCharsets.UTF_8);
    assertThat(response.headers().firstValue("X-Trace-Id")).as(what).isPresent();
    JsonNode documented = resolved(operation.path("responses").path(Integer.toString(status)));
    assertThat(documented.isMissingNode()).as("%s %d: %s", what, status, body).isFalse();
    if (status == 204) {
      return;
    }
    String type = response.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
    JsonNode schema = documented.path("content").path(type).path("schema");
    assertThat(schema.isMissingNode()).as("%s %d %s", what, status, type).isFalse();
    boolean partial = what.contains("fields=");
    if (type.endsWith("json") && !type.endsWith("ndjson") && !(partial && status == 200)) {
      assertFits(schema, response);
      assertTimesOfOneWidth(what, JSON.readTree(response.body()));
    }
  }

  private static void assertTimesOfOneWidth(String what, JsonNode value) {
    if (value.isTextual() && value.textValue().matches("\\d{4}-\\d\\d-\\d\\dT\\d.*")) {
      assertThat(value.textValue()).as(what).matches(".{19}\\.\\d{6}Z");
    }
    value.forEach(each -> assertTimesOfOneWidth(what, each));
  }

  private static boolean isForPeople(JsonNode operation) {
    return operation.path("security").path(0).has("session");
  }

  void assertFits(JsonNode schema, HttpResponse<byte[]> response) throws Exception {
    assertFits(response.uri().toString(), schema, JSON.readTree(response.body()));
  }

  void assertFits(String what, JsonNode schema, JsonNode value) {
    ObjectNode whole = JSON.createObjectNode();
    whole.setAll((ObjectNode) schema);
    whole.set("components", document.path("components"));
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(whole)
                .validate(value))
        .as(what)
        .isEmpty();
  }

  private String address(
      String template, List<JsonNode> parameters, Optional<JsonNode> chosen, String value) {
    String address = template;
    List<String> query = new ArrayList<>();
    for (JsonNode parameter : parameters) {
      String name = parameter.path("name").asText();
      boolean isChosen = chosen.isPresent() && chosen.get().equals(parameter);
      if (parameter.path("in").asText().equals("path")) {
        address = address.replace("{" + name + "}", example(parameter));
      } else if (isChosen) {
        query.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
      } else if (parameter.path("in").asText().equals("query")
          && (parameter.path("required").asBoolean()
              || (name.equals("step") && needsStep(template, chosen)))) {
        query.add(name + "=" + URLEncoder.encode(example(parameter), StandardCharsets.UTF_8));
      }
    }
    return query.isEmpty() ? address : address + "?" + String.join("&", query);
  }

  /** Percentiles of choice, and ranges of a comparison, mean something with a step only. */
  private static boolean needsStep(String template, Optional<JsonNode> chosen) {
    String name = chosen.map(c -> c.path("name").asText()).orElse("");
    return name.equals("percentiles")
        || (template.endsWith("/compare")
            && Set.of("start", "end", "as_of", "method").contains(name));
  }

  List<JsonNode> parameters(JsonNode operation) {
    Stream<JsonNode> all = StreamSupport.stream(operation.path("parameters").spliterator(), false);
    return all.map(this::resolved).toList();
  }

  JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
  }

  private String example(JsonNode parameter) {
    String name = parameter.path("name").asText();
    // a path is kept by now, and none can be by the document's example
    boolean isMoment = Set.of("at", "a", "b").contains(name);
    String substitute = substitutes.get(isMoment ? "end" : name);
    return substitute == null ? parameter.path("example").asText() : substitute;
  }
}
