package io.nettrace.edge.front;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nettrace.platform.web.KeptAnswer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * The OpenAPI document as it was written, in YAML and JSON, kept as bytes. The container would
 * serve it too, but reads it into a model of its own, which loses and adds members.
 */
final class ApiDocument {
  private static final String PATH = "/openapi";
  private static final String FILE = "/META-INF/openapi.yaml";
  private static final int LARGEST = 1 << 24;
  private static final Map<String, String> HEADERS = Map.of("Cache-Control", "public, max-age=300");

  private final KeptAnswer yaml;
  private final KeptAnswer json;

  ApiDocument() {
    byte[] written = read();
    this.yaml = new KeptAnswer(written, "application/yaml;charset=UTF-8", HEADERS);
    this.json = new KeptAnswer(json(written), "application/json", HEADERS);
  }

  static boolean isAskedFor(HttpServletRequest request) {
    return request.getRequestURI().equals(PATH)
        && (request.getMethod().equals("GET") || request.getMethod().equals("HEAD"));
  }

  void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
    (isJsonWanted(request) ? json : yaml).serve(request, response);
  }

  /** By {@code format}, else by what is accepted; YAML where neither says. */
  private static boolean isJsonWanted(HttpServletRequest request) {
    String query = request.getQueryString();
    if (query != null && query.toLowerCase(Locale.ROOT).startsWith("format=")) {
      return query.toLowerCase(Locale.ROOT).equals("format=json");
    }
    String accepted = request.getHeader("Accept");
    return accepted != null && accepted.startsWith("application/json");
  }

  private static byte[] read() {
    try (InputStream in = ApiDocument.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("the build packed no " + FILE);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] json(byte[] written) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(LARGEST);
    DumperOptions dumper = new DumperOptions();
    Yaml reader =
        new Yaml(
            new SafeConstructor(options),
            new Representer(dumper),
            dumper,
            options,
            new WithoutTimes());
    try {
      Object document = reader.load(new String(written, StandardCharsets.UTF_8));
      return new JsonMapper().writeValueAsBytes(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What looks like a time in an example is text to JSON. */
  private static final class WithoutTimes extends Resolver {
    @Override
    protected void addImplicitResolvers() {
      addImplicitResolver(Tag.BOOL, BOOL, "yYnNtTfFoO");
      addImplicitResolver(Tag.INT, INT, "-+0123456789");
      addImplicitResolver(Tag.FLOAT, FLOAT, "-+0123456789.");
      addImplicitResolver(Tag.MERGE, MERGE, "<");
      addImplicitResolver(Tag.NULL, NULL, "~nN\0");
      addImplicitResolver(Tag.NULL, EMPTY, null);
    }
  }
}
