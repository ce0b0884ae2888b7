package io.nettrace.edge.api.v1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nettrace.edge.api.http.BadRequests;
import io.nettrace.edge.api.http.Json;
import io.nettrace.edge.api.http.Query;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The fields of items that a client wants, such as {@code observed_at,rtt_ms.p50}; the rest is left
 * away. A name that no item has is refused, so that a typing mistake is seen.
 */
final class Fields {
  private static final String EVERYTHING_BELOW = "";

  private final Map<String, TreeSet<String>> wanted = new LinkedHashMap<>();

  private Fields(String text) {
    for (String path : text.split(",", -1)) {
      String[] parts = path.strip().split("\\.", 2);
      wanted
          .computeIfAbsent(parts[0], _ -> new TreeSet<>())
          .add(parts.length == 2 ? parts[1] : EVERYTHING_BELOW);
    }
  }

  static Optional<Fields> of(Query query) {
    return query.text("fields").map(Fields::new);
  }

  /** The same items with less in them; {@code type} says which fields there are. */
  List<JsonNode> of(List<?> items, Class<? extends Record> type) {
    check(type);
    return items.stream().map(item -> less(Json.tree(item))).toList();
  }

  private JsonNode less(JsonNode item) {
    ObjectNode less = Json.object();
    wanted.forEach(
        (name, below) -> {
          JsonNode value = item.get(name);
          if (value != null) {
            less.set(name, below.contains(EVERYTHING_BELOW) ? value : part(value, below));
          }
        });
    return less;
  }

  private static JsonNode part(JsonNode value, Set<String> names) {
    ObjectNode part = Json.object();
    for (String name : names) {
      JsonNode found = value.get(name);
      if (found != null) {
        part.set(name, found);
      }
    }
    return part;
  }

  private void check(Class<? extends Record> type) {
    List<String> known =
        Arrays.stream(type.getRecordComponents()).map(c -> Json.name(c.getName())).toList();
    for (String name : wanted.keySet()) {
      if (!known.contains(name)) {
        throw BadRequests.parameter(
            "fields", name + " is not known; known are " + String.join(", ", known));
      }
    }
  }
}
