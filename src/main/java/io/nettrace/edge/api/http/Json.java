package io.nettrace.edge.api.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.Objects;
import java.util.stream.Collectors;

/** Views as JSON bytes: snake case, RFC 3339 times, absent rather than null. */
public final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

  private Json() {}

  public static byte[] bytes(Object view) {
    try {
      return MAPPER.writeValueAsBytes(view);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a view is always writable", e);
    }
  }

  public static JsonNode tree(Object view) {
    return MAPPER.valueToTree(view);
  }

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** How a view's component is called in JSON. */
  public static String name(String component) {
    return ((PropertyNamingStrategies.NamingBase) PropertyNamingStrategies.SNAKE_CASE)
        .translate(component);
  }

  /** Reads a request's body; refuses what the type does not have. */
  public static <T> T read(byte[] body, Class<T> type) {
    try {
      T read = MAPPER.readValue(body, type);
      if (read != null) {
        return read;
      }
    } catch (UnrecognizedPropertyException e) {
      throw BadRequests.body(e.getPropertyName() + " is not known");
    } catch (JsonMappingException e) {
      String where =
          e.getPath().stream()
              .map(JsonMappingException.Reference::getFieldName)
              .filter(Objects::nonNull)
              .collect(Collectors.joining("."));
      throw BadRequests.body(
          where.isEmpty() ? "it is not the object expected" : where + " is wrong");
    } catch (IOException e) {
      throw BadRequests.body("it is not JSON");
    }
    throw BadRequests.body("it is empty");
  }
}
