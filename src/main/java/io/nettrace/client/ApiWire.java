package io.nettrace.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Requests and answers as they travel. */
final class ApiWire {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int FIRST_REFUSAL = 400;
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .addModule(
              new SimpleModule()
                  .addDeserializer(Instant.class, new Times())
                  .addSerializer(Instant.class, ToStringSerializer.instance))
          .build();

  private final HttpClient http;
  private final URI root;
  private final String key;

  ApiWire(HttpClient http, URI root, String key) {
    this.http = http;
    this.root = root;
    this.key = key;
  }

  <T> T get(String address, TypeReference<T> type) throws IOException, InterruptedException {
    return JSON.readValue(read(request(address)), type);
  }

  <T> T get(String address, Class<T> type) throws IOException, InterruptedException {
    return JSON.readValue(read(request(address)), type);
  }

  <T> T post(String address, Object body, Class<T> type) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(address)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
    return JSON.readValue(read(request), type);
  }

  void delete(String address) throws IOException, InterruptedException {
    read(request(address).DELETE());
  }

  /** The bytes from {@code from} on. */
  InputStream part(String address, long from) throws IOException, InterruptedException {
    HttpRequest.Builder request = plain(address);
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-");
    }
    return send(request).body();
  }

  static <T> TypeReference<T> listOf(Class<?> items) {
    return pageOf(Listed.class, items);
  }

  static <T> TypeReference<T> pageOf(Class<?> page, Class<?> items) {
    JavaType type = JSON.getTypeFactory().constructParametricType(page, items);
    return new TypeReference<>() {
      @Override
      public JavaType getType() {
        return type;
      }
    };
  }

  /** One page of anything. */
  record Listed<T>(List<T> items, @Nullable String nextCursor) {}

  /** What became known since the page before, and where to go on. */
  record Polled<T>(List<T> items, boolean more, Instant knownUntil, String nextCursor) {}

  private byte[] read(HttpRequest.Builder request) throws IOException, InterruptedException {
    return body(send(request));
  }

  private HttpResponse<InputStream> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
    if (response.statusCode() >= FIRST_REFUSAL) {
      throw problem(response);
    }
    return response;
  }

  private static byte[] body(HttpResponse<InputStream> response) throws IOException {
    boolean packed = response.headers().firstValue("Content-Encoding").orElse("").equals("gzip");
    try (InputStream in = packed ? new GZIPInputStream(response.body()) : response.body()) {
      return in.readAllBytes();
    }
  }

  private static ProblemException problem(HttpResponse<InputStream> response) throws IOException {
    String traceId = response.headers().firstValue("X-Trace-Id").orElse("none");
    byte[] body = body(response);
    try {
      JsonNode problem = JSON.readTree(body);
      return new ProblemException(
          response.statusCode(),
          problem.path("type").asText("unknown").replaceFirst("^.*:", ""),
          problem.path("detail").asText(),
          traceId);
    } catch (IOException e) {
      return new ProblemException(response.statusCode(), "unknown", "no problem document", traceId);
    }
  }

  private HttpRequest.Builder request(String address) {
    return plain(address).header("Accept", "application/json").header("Accept-Encoding", "gzip");
  }

  private HttpRequest.Builder plain(String address) {
    return HttpRequest.newBuilder(root.resolve(address)).timeout(PATIENCE).header("X-API-Key", key);
  }

  /** RFC 3339. */
  private static final class Times extends StdScalarDeserializer<Instant> {
    Times() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return Instant.parse(parser.getText());
    }
  }
}
