package io.nettrace.edge.portal.open;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nettrace.platform.Service;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The API's OpenAPI document, as far as people read it; references are followed. Read once. */
@Service
public class ApiReference {
  private static final String FILE = "/META-INF/openapi.yaml";
  private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

  private volatile @Nullable Contents contents;

  private record Contents(List<Group> groups, List<Problem> problems) {}

  /** Operations that belong together. */
  public record Group(String name, String description, List<Operation> operations) {}

  /** One thing that can be asked for. */
  public record Operation(
      String id,
      String method,
      String path,
      String summary,
      String description,
      List<Parameter> parameters,
      String body,
      List<Answer> answers) {
    /** Whether asking changes nothing, so that trying it is safe. */
    public boolean isRead() {
      return method.equals("GET");
    }
  }

  /** Something to say in the address or a header. */
  public record Parameter(
      String name, String place, boolean required, String type, String description) {
    public boolean isAsked() {
      return !place.equals("header");
    }
  }

  /** What may come back. */
  public record Answer(String status, String description) {}

  /** What can go wrong: the last part of the type that a program looks at, and what it means. */
  public record Problem(String type, String status, String meaning) {}

  /** In the order of the document. */
  public List<Group> groups() {
    return contents().groups();
  }

  /** In the order of their statuses. */
  public List<Problem> problems() {
    return contents().problems();
  }

  private Contents contents() {
    Contents known = contents;
    if (known == null) {
      Map<?, ?> root = load();
      known = new Contents(groups(root), problems(root));
      contents = known;
    }
    return known;
  }

  private static List<Problem> problems(Map<?, ?> root) {
    Map<?, ?> type = map(map(map(root.get("components")).get("schemas")).get("ProblemType"));
    List<Problem> problems = new ArrayList<>();
    map(type.get("x-enumDescriptions"))
        .forEach(
            (name, about) ->
                problems.add(
                    new Problem(
                        String.valueOf(name).replaceFirst(".*:", ""),
                        text(about, "status"),
                        text(about, "meaning"))));
    return problems;
  }

  private static List<Group> groups(Map<?, ?> root) {
    List<Group> groups = new ArrayList<>();
    for (Object tag : list(root.get("tags"))) {
      String name = text(tag, "name");
      groups.add(new Group(name, text(tag, "description"), operations(root, name)));
    }
    return groups.stream().filter(group -> !group.operations().isEmpty()).toList();
  }

  private static List<Operation> operations(Map<?, ?> root, String tag) {
    List<Operation> found = new ArrayList<>();
    map(root.get("paths"))
        .forEach(
            (path, item) -> {
              for (String method : METHODS) {
                Map<?, ?> operation = map(map(item).get(method));
                if (list(operation.get("tags")).contains(tag)) {
                  found.add(operation(root, method, String.valueOf(path), map(item), operation));
                }
              }
            });
    return found;
  }

  private static Operation operation(
      Map<?, ?> root, String method, String path, Map<?, ?> item, Map<?, ?> operation) {
    List<Parameter> parameters = new ArrayList<>();
    for (Object each : list(item.get("parameters"))) {
      parameters.add(parameter(resolved(root, each), root));
    }
    for (Object each : list(operation.get("parameters"))) {
      parameters.add(parameter(resolved(root, each), root));
    }
    List<Answer> answers = new ArrayList<>();
    map(operation.get("responses"))
        .forEach(
            (status, answer) ->
                answers.add(
                    new Answer(
                        String.valueOf(status), text(resolved(root, answer), "description"))));
    return new Operation(
        text(operation, "operationId"),
        method.toUpperCase(Locale.ROOT),
        path,
        text(operation, "summary"),
        text(operation, "description"),
        parameters,
        body(root, operation),
        answers);
  }

  private static Parameter parameter(Map<?, ?> parameter, Map<?, ?> root) {
    Map<?, ?> schema = resolved(root, parameter.get("schema"));
    String values =
        String.join(", ", list(schema.get("enum")).stream().map(String::valueOf).toList());
    return new Parameter(
        text(parameter, "name"),
        text(parameter, "in"),
        Boolean.TRUE.equals(parameter.get("required")),
        values.isEmpty() ? text(schema, "type") : values,
        text(parameter, "description"));
  }

  /** The first example of what to send that is answered well; empty when nothing is sent. */
  private static String body(Map<?, ?> root, Map<?, ?> operation) {
    Map<?, ?> content = map(resolved(root, operation.get("requestBody")).get("content"));
    Map<?, ?> examples = map(map(content.get("application/json")).get("examples"));
    return examples.entrySet().stream()
        .filter(example -> String.valueOf(example.getKey()).startsWith("2"))
        .findFirst()
        .map(example -> resolved(root, example.getValue()).get("value"))
        .map(ApiReference::json)
        .orElse("");
  }

  private static String json(Object value) {
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what YAML holds, JSON can say", e);
    }
  }

  private static Map<?, ?> resolved(Map<?, ?> root, @Nullable Object node) {
    Map<?, ?> found = map(node);
    while (found.get("$ref") instanceof String reference) {
      Map<?, ?> at = root;
      for (String part : reference.substring(2).split("/", -1)) {
        at = map(at.get(part));
      }
      found = at;
    }
    return found;
  }

  private static Map<?, ?> load() {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(1_000);
    try (InputStream in = ApiReference.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("the build packed no " + FILE);
      }
      return map(new Yaml(new SafeConstructor(options)).load(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private static String text(Object node, String name) {
    return Optional.ofNullable(map(node).get(name)).map(String::valueOf).orElse("").strip();
  }
}
