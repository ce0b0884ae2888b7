package io.nettrace.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import io.nettrace.metric.Protocol;
import io.nettrace.platform.json.DocumentProblem;
import io.nettrace.platform.json.InvalidDocumentException;
import io.nettrace.platform.json.SchemaReader;
import io.nettrace.scanner.HostRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads a catalogue file into targets, or says everything that is wrong with it. */
final class Catalogue {
  private static final SchemaReader READER =
      SchemaReader.of(Catalogue.class, "targets.schema.json");

  private Catalogue() {}

  static List<Target> read(String file, byte[] content) throws InvalidDocumentException {
    JsonNode list = READER.read(file, content).get("targets");
    List<DocumentProblem> problems = new ArrayList<>();
    unique(file, list, "id", problems);
    unique(file, list, "host", problems);
    for (int i = 0; i < list.size(); i++) {
      publicName(file, i, list.get(i).get("host").textValue(), problems);
    }
    if (!problems.isEmpty()) {
      throw new InvalidDocumentException(problems);
    }
    return list.valueStream().map(Catalogue::target).toList();
  }

  private static void unique(
      String file, JsonNode list, String member, List<DocumentProblem> problems) {
    Map<String, Integer> first = new HashMap<>();
    for (int i = 0; i < list.size(); i++) {
      String value = list.get(i).get(member).textValue();
      Integer earlier = first.putIfAbsent(value, i);
      if (earlier != null) {
        problems.add(
            new DocumentProblem(
                file,
                "/targets/" + i + "/" + member,
                "'" + value + "' stands already at /targets/" + earlier + "/" + member));
      }
    }
  }

  private static void publicName(
      String file, int index, String host, List<DocumentProblem> problems) {
    HostRules.privateSuffix(host)
        .ifPresent(
            suffix ->
                problems.add(
                    new DocumentProblem(
                        file,
                        "/targets/" + index + "/host",
                        "'" + host + "' ends in ." + suffix + ", which no public endpoint does")));
  }

  private static Target target(JsonNode node) {
    return new Target(
        node.get("id").textValue(),
        node.get("name").textValue(),
        node.get("host").textValue(),
        Category.of(node.get("category").textValue()).orElseThrow(),
        node.get("operator").textValue(),
        node.get("port").intValue(),
        node.get("methods").valueStream().map(Catalogue::protocol).toList(),
        Optional.ofNullable(node.get("venue")).map(Catalogue::venue));
  }

  private static Protocol protocol(JsonNode word) {
    return Protocol.valueOf(word.textValue().toUpperCase(Locale.ROOT));
  }

  private static Venue venue(JsonNode node) {
    return new Venue(
        node.get("place").textValue(),
        node.get("country").textValue(),
        node.get("latitude").doubleValue(),
        node.get("longitude").doubleValue());
  }
}
