package io.nettrace.edge.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What a client's generator and a reader expect of the document. */
class OpenApiDocumentTest {
  private static final Set<String> VERBS = Set.of("get", "post", "put", "patch", "delete");
  private static final Pattern REFERENCE =
      Pattern.compile("#/components/([a-zA-Z]+)/([A-Za-z0-9-]+)");

  /** Where problems are told, by the function itself or by one that knows title and status. */
  private static final List<Path> TELLING =
      List.of(
          Path.of("src/main/java/io/nettrace/edge/api"),
          Path.of("src/main/java/io/nettrace/edge/front"),
          Path.of("src/main/java/io/nettrace/platform/problem"));

  private static final Pattern PROBLEM =
      Pattern.compile(
          "\\b(?:Problem\\.of|new"
              + " Problem|kind|key|plan|refusal|token)\\(\\s*(?:\\d{3},\\s*)?\"([a-z]+(?:-[a-z]+)*)\"");

  private static final Set<String> OPERATORS_ONLY =
      Set.of(
          "unknown-credential",
          "operator-token",
          "invalid-declaration",
          "unknown-job",
          "unknown-consumer",
          "unknown-dead-letter");

  private final JsonNode document = read();

  @Test
  void everyOperationHasANameATagASummaryAndItsRefusals() {
    Set<String> names = new HashSet<>();
    Set<String> tags = new HashSet<>();
    document.path("tags").forEach(tag -> tags.add(tag.path("name").asText()));
    for (Map.Entry<String, JsonNode> operation : operations()) {
      JsonNode o = operation.getValue();
      String where = operation.getKey();
      assertThat(o.path("operationId").asText()).as(where).matches("[a-z][a-zA-Z]+");
      assertThat(names.add(o.path("operationId").asText())).as("%s twice", where).isTrue();
      assertThat(o.path("summary").asText()).as(where).isNotBlank().doesNotEndWith(".");
      assertThat(o.path("tags")).as(where).hasSize(1);
      assertThat(tags).as(where).contains(o.path("tags").path(0).asText());
      assertThat(o.path("responses").has("401")).as(where).isTrue();
      assertThat(o.path("responses").has("500")).as(where).isTrue();
    }
  }

  @Test
  void everyParameterIsExplainedAndThoseOfQueriesShowAnExample() {
    for (Map.Entry<String, JsonNode> parameter :
        document.at("/components/parameters").properties()) {
      JsonNode p = parameter.getValue();
      assertThat(p.path("description").asText()).as(parameter.getKey()).isNotBlank();
      boolean opaque = p.path("name").asText().equals("cursor");
      if (p.path("in").asText().matches("query|path") && !opaque) {
        assertThat(p.has("example")).as("%s has an example", parameter.getKey()).isTrue();
      }
    }
  }

  @Test
  void everySchemaIsExplainedAndSaysWhetherItIsAllThereIs() {
    for (Map.Entry<String, JsonNode> schema : document.at("/components/schemas").properties()) {
      if (schema.getValue().path("type").asText().equals("object")) {
        assertThat(schema.getValue().path("description").asText()).as(schema.getKey()).isNotBlank();
        assertThat(schema.getValue().has("additionalProperties")).as(schema.getKey()).isTrue();
      }
    }
  }

  @Test
  void theTypesOfProblemsAreThoseThatTheCodeTellsAndEachIsExplained() throws IOException {
    JsonNode listed = document.at("/components/schemas/ProblemType");
    Set<String> types = new TreeSet<>();
    listed.path("enum").forEach(type -> types.add(type.asText().replaceFirst(".*:", "")));
    assertThat(types).hasSize(listed.path("enum").size()).isEqualTo(toldByTheCode());
    for (JsonNode type : listed.path("enum")) {
      JsonNode about = listed.path("x-enumDescriptions").path(type.asText());
      assertThat(about.path("status").asText()).as(type.asText()).matches("[45].*");
      assertThat(about.path("meaning").asText()).as(type.asText()).endsWith(".");
    }
    assertThat(listed.path("x-enumDescriptions")).hasSize(types.size());
  }

  private static Set<String> toldByTheCode() throws IOException {
    Set<String> told = new TreeSet<>();
    for (Path root : TELLING) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
          PROBLEM.matcher(Files.readString(file)).results().forEach(at -> told.add(at.group(1)));
        }
      }
    }
    told.removeAll(OPERATORS_ONLY);
    return told;
  }

  /** Members of one thing, such as the files of an export, are called what they are. */
  @Test
  void everyListIsCalledItems() {
    for (Map.Entry<String, JsonNode> operation : operations()) {
      JsonNode schema =
          resolved(operation.getValue().at("/responses/200"))
              .at("/content/application~1json/schema");
      JsonNode answer = resolved(schema);
      answer
          .path("required")
          .forEach(
              member -> {
                JsonNode list = answer.path("properties").path(member.asText());
                boolean many =
                    operation.getValue().path("operationId").asText().matches("(list|compare).*");
                if (many && list.path("items").has("$ref")) {
                  assertThat(member.asText()).as(operation.getKey()).isEqualTo("items");
                }
              });
    }
  }

  /** Rows of files are flat, so they put it into one name. */
  @Test
  void aPercentileOfDelayIsAMemberOfRttMs() {
    for (Map.Entry<String, JsonNode> schema : document.at("/components/schemas").properties()) {
      if (!schema.getKey().equals("BurstLine")) {
        schema
            .getValue()
            .path("properties")
            .fieldNames()
            .forEachRemaining(
                name -> assertThat(name).as(schema.getKey()).doesNotMatch("(rtt_)?p\\d+_ms(_.*)?"));
      }
    }
  }

  @Test
  void everyReferenceLeadsSomewhereAndEveryComponentIsUsed() {
    Set<String> used = new TreeSet<>();
    Matcher matcher = REFERENCE.matcher(document.toString());
    while (matcher.find()) {
      assertThat(document.at("/components/" + matcher.group(1)).has(matcher.group(2)))
          .as(matcher.group())
          .isTrue();
      used.add(matcher.group(1) + "/" + matcher.group(2));
    }
    Set<String> there = new TreeSet<>();
    for (String kind : List.of("schemas", "parameters", "responses", "headers")) {
      document
          .at("/components/" + kind)
          .fieldNames()
          .forEachRemaining(name -> there.add(kind + "/" + name));
    }
    assertThat(there).isEqualTo(used);
  }

  @Test
  void everyJsonAnswerHasASchemaAndEveryProblemIsAProblemDocument() {
    for (Map.Entry<String, JsonNode> operation : operations()) {
      for (Map.Entry<String, JsonNode> response :
          operation.getValue().path("responses").properties()) {
        String where = operation.getKey() + " " + response.getKey();
        JsonNode r = resolved(response.getValue());
        assertThat(r.path("description").asText()).as(where).isNotBlank();
        if (Integer.parseInt(response.getKey()) >= 400) {
          assertThat(r.at("/content/application~1problem+json/schema/$ref").asText())
              .as(where)
              .endsWith("/Problem");
        } else {
          r.path("content").forEach(c -> assertThat(c.has("schema")).as(where).isTrue());
        }
      }
    }
  }

  private List<Map.Entry<String, JsonNode>> operations() {
    List<Map.Entry<String, JsonNode>> all = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        if (VERBS.contains(operation.getKey())) {
          all.add(Map.entry(operation.getKey() + " " + path.getKey(), operation.getValue()));
        }
      }
    }
    assertThat(all).hasSizeGreaterThan(15);
    return all;
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
  }

  private static JsonNode read() {
    InputStream in = OpenApiDocumentTest.class.getResourceAsStream("/META-INF/openapi.yaml");
    return new ObjectMapper().valueToTree(new Yaml().load(in));
  }
}
