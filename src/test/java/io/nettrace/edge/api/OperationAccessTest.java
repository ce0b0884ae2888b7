package io.nettrace.edge.api;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * The description of each operation ends with who may call it, from which plan on, and whether it
 * counts, as the access matrix says; the matrix is held against the filters by a test of its own.
 */
class OperationAccessTest {
  private static final String ROOT = "/api/v1";
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
  private static final Set<String> ROLES =
      Set.of("owner", "admin", "billing", "analyst", "viewer", "auditor");
  private static final String SCOPE = "key:";

  @Test
  void descriptionsSayWhoMayCallAndWhetherItCounts() throws IOException {
    Map<String, String> said = new TreeMap<>();
    Map<String, String> due = due();
    descriptions()
        .forEach(
            (operation, text) -> {
              String sentence = due.getOrDefault(operation, "not in the matrix");
              said.put(operation, text.endsWith(sentence) ? sentence : text);
            });
    assertThat(said).isEqualTo(due);
  }

  private static Map<String, String> descriptions() throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (InputStream file = resource("/META-INF/openapi.yaml")) {
      Map<String, Object> document = new Yaml().load(file);
      members(document, "paths")
          .forEach(
              (path, operations) ->
                  members(operations)
                      .forEach(
                          (method, operation) -> {
                            if (METHODS.contains(method)) {
                              found.put(
                                  key(method + " " + path.substring(ROOT.length())),
                                  String.valueOf(members(operation).get("description")));
                            }
                          }));
    }
    return found;
  }

  private static Map<String, String> due() throws IOException {
    Map<String, String> found = new TreeMap<>();
    List<String> names = List.of();
    try (InputStream file = resource("/io/nettrace/edge/api/access-matrix.txt")) {
      for (String line : new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        if (line.startsWith("#") || line.isBlank()) {
          continue;
        }
        List<String> cells = List.of(line.trim().split("\\s*\\|\\s*"));
        if (names.isEmpty()) {
          names = cells;
          continue;
        }
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 1; i < names.size(); i++) {
          row.put(names.get(i), cells.get(i));
        }
        found.put(key(cells.getFirst()), sentence(row));
      }
    }
    return found;
  }

  private static String sentence(Map<String, String> row) {
    List<String> roles = new ArrayList<>();
    List<String> scopes = new ArrayList<>();
    row.forEach(
        (name, cell) -> {
          if (ROLES.contains(name) && cell.startsWith("+")) {
            roles.add(name);
          } else if (name.startsWith(SCOPE) && cell.equals("+")) {
            scopes.add(name.substring(SCOPE.length()));
          }
        });
    StringBuilder text = new StringBuilder("Access: ");
    if (is(row, "nobody")) {
      text.append("everyone");
    } else if (is(row, "tenantless")) {
      text.append("every signed-in person");
    } else {
      text.append(String.join(", ", roles));
      if (!scopes.isEmpty()) {
        text.append(scopes.stream().collect(joining(", ", "; keys with ", "")));
      }
    }
    if (!"free".equals(row.get("plan"))) {
      text.append("; from plan ").append(row.get("plan"));
    }
    if (!is(row, "nobody") && !is(row, "stale")) {
      text.append("; with a password or factor shown lately");
    }
    return text.append(is(row, "counted") ? ". Counts as a call." : ". Does not count as a call.")
        .toString();
  }

  private static boolean is(Map<String, String> row, String name) {
    return "+".equals(row.get(name));
  }

  /** Parameters are named otherwise in the two documents. */
  private static String key(String operation) {
    String[] words = operation.split(" ", 2);
    return words[0].toUpperCase(Locale.ROOT) + " " + words[1].replaceAll("\\{[^}]*}", "{}");
  }

  private static Map<String, Object> members(Map<String, Object> of, String name) {
    return members(of.get(name));
  }

  @SuppressWarnings("unchecked") // YAML's maps have texts as names here
  private static Map<String, Object> members(Object value) {
    return (Map<String, Object>) value;
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(OperationAccessTest.class.getResourceAsStream(name), name);
  }
}
