package io.nettrace.edge.api.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.nettrace.platform.json.InstantWriter;
import io.nettrace.platform.json.JsonFaultException;
import io.nettrace.platform.json.StrictJson;
import java.time.Instant;

/** Views as JSON bytes: snake case, times to the microsecond, absent rather than null. */
public final class ApiJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(new SimpleModule().addSerializer(Instant.class, new InstantWriter()))
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

  private ApiJson() {}

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

  /** Reads a request's body; refuses what the type does not have, and names it. */
  public static <T> T read(byte[] body, Class<T> type) {
    try {
      return StrictJson.read(body, type);
    } catch (JsonFaultException e) {
      throw BadRequests.body(e.fault());
    }
  }
}
