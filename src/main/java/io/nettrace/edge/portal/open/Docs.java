package io.nettrace.edge.portal.open;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nettrace.edge.portal.Once;
import io.nettrace.edge.portal.Page;
import io.nettrace.platform.PublicAddress;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** How to speak to the API, and how each of its numbers is made. */
@Page
public class Docs {
  private static final String METHODS = "/META-INF/methods.json";

  @Inject ApiReference document;
  @Inject PublicAddress root;

  /** How one kind of number is made. */
  public record Method(String name, String definition, String unit, String source, String error) {}

  @Once
  public List<ApiReference.Group> groups() {
    return document.groups();
  }

  @Once
  public List<ApiReference.Problem> problems() {
    return document.problems();
  }

  public String base() {
    return root.link("");
  }

  @Once
  public List<Method> methods() {
    try (InputStream in = Docs.class.getResourceAsStream(METHODS)) {
      if (in == null) {
        throw new IllegalStateException("the build packed no " + METHODS);
      }
      List<Method> methods = new ArrayList<>();
      for (JsonNode each : new ObjectMapper().readTree(in).path("items")) {
        methods.add(
            new Method(
                each.path("name").asText(),
                each.path("definition").asText(),
                each.path("unit").asText(),
                each.path("source").asText(),
                each.path("error").asText()));
      }
      return methods;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
