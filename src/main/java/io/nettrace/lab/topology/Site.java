package io.nettrace.lab.topology;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the atlas needs to know of a target: its name, who runs it, and where it may stand. */
record Site(
    String host,
    String operator,
    String category,
    int port,
    List<String> methods,
    Optional<City> venue) {

  Site {
    methods = List.copyOf(methods);
  }

  /** The targets of a catalogue such as {@code targets.json}. */
  static List<Site> read(Path catalogue) throws IOException {
    List<Site> sites = new ArrayList<>();
    for (JsonNode target :
        new JsonMapper().readTree(Files.readAllBytes(catalogue)).path("targets")) {
      List<String> methods = new ArrayList<>();
      target.path("methods").forEach(method -> methods.add(method.asText()));
      sites.add(
          new Site(
              target.path("host").asText(),
              target.path("operator").asText(),
              target.path("category").asText(),
              target.path("port").asInt(),
              methods,
              venue(target.path("venue"))));
    }
    return sites;
  }

  private static Optional<City> venue(JsonNode venue) {
    return venue.isMissingNode()
        ? Optional.empty()
        : Optional.of(
            new City(
                "",
                venue.path("place").asText(),
                venue.path("country").asText(),
                venue.path("latitude").asDouble(),
                venue.path("longitude").asDouble()));
  }
}
