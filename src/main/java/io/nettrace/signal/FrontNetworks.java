package io.nettrace.signal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Autonomous systems that are known to hold fronts of other people's services. */
final class FrontNetworks {
  private static final String FILE = "front-networks.json";

  private final Map<Long, String> names = new HashMap<>();

  private FrontNetworks(JsonNode document) {
    document
        .path("networks")
        .forEach(node -> names.put(node.path("asn").asLong(), node.path("name").asText()));
  }

  static FrontNetworks shipped() {
    try (InputStream in = FrontNetworks.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("the build packed no " + FILE);
      }
      return new FrontNetworks(new ObjectMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Optional<String> name(long asn) {
    return Optional.ofNullable(names.get(asn));
  }
}
