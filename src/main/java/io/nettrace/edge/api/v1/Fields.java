package io.nettrace.edge.api.v1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nettrace.edge.api.http.ApiJson;
import io.nettrace.edge.api.http.BadRequests;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.edge.api.http.RefusalException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

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

  static Optional<Fields> of(QueryParameters query) {
    return query.text("fields").map(Fields::new);
  }

  /** The same items with less in them; {@code type} says which fields there are. */
  List<JsonNode> of(List<?> items, Class<? extends Record> type) {
    check(type);
    return items.stream().map(item -> less(ApiJson.tree(item))).toList();
  }

  private JsonNode less(JsonNode item) {
    ObjectNode less = ApiJson.object();
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
    ObjectNode part = ApiJson.object();
    for (String name : names) {
      JsonNode found = value.get(name);
      if (found != null) {
        part.set(name, found);
      }
    }
    return part;
  }

  private void check(Class<? extends Record> type) {
    Map<String, RecordComponent> components = components(type);
    wanted.forEach(
        (name, below) -> {
          RecordComponent component = components.get(name);
          if (component == null) {
            throw unknown(name, components.keySet());
          }
          for (String part : below) {
            if (!part.equals(EVERYTHING_BELOW)) {
              check(name, part, component.getType());
            }
          }
        });
  }

  /** The members of a map are named by the client's other parameters. */
  private static void check(String name, String part, Class<?> type) {
    if (type.isRecord()) {
      Set<String> known = components(type).keySet();
      if (!known.contains(part)) {
        throw unknown(name + "." + part, known.stream().map(one -> name + "." + one).toList());
      }
    } else if (!Map.class.isAssignableFrom(type) || (part.contains(".") && !isNumber(part))) {
      throw BadRequests.parameter("fields", name + " has no field " + part + "; ask for " + name);
    }
  }

  /** A percentile, such as {@code p99.9}. */
  private static boolean isNumber(String part) {
    return part.matches("p[0-9]{1,2}\\.[0-9]+");
  }

  private static Map<String, RecordComponent> components(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .collect(
            Collectors.toMap(
                component -> ApiJson.name(component.getName()),
                Function.identity(),
                (one, _) -> one,
                LinkedHashMap::new));
  }

  private static RefusalException unknown(String name, Collection<String> known) {
    return BadRequests.parameter(
        "fields", name + " is not known; known are " + String.join(", ", known));
  }
}
