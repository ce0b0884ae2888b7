package io.nettrace.edge.portal.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nettrace.metric.Protocol;
import io.nettrace.target.TargetDraft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Targets as people write them down: a line for each, with commas, semicolons or tabs between, or
 * JSON as the API takes it.
 */
final class TargetList {
  private static final List<String> COLUMNS =
      List.of("host", "port", "name", "tags", "interval_seconds");
  private static final List<Protocol> METHODS = List.of(Protocol.ICMP, Protocol.TCP);
  private static final int STANDARD_SECONDS = 60;
  private static final String STANDARD_PORT = "443";
  private static final String SEPARATORS = ",;\t";

  private TargetList() {}

  /** A target and the line, or the place in the JSON, where it stands; the first is 1. */
  record Line(int number, TargetDraft draft) {}

  /** Empty when the text begins like JSON and is none. */
  static Optional<List<Line>> read(String text) {
    return text.strip().startsWith("[") ? fromJson(text) : Optional.of(fromLines(text));
  }

  /** What is not given is what it mostly is. */
  static TargetDraft draft(String host, String port, String name, List<String> tags, String every) {
    return draft(host, port, METHODS, name, tags, every, false);
  }

  /** Text with commas between as tags. */
  static List<String> tags(String text) {
    return Arrays.stream(text.split("[,|]", -1))
        .map(String::strip)
        .filter(tag -> !tag.isEmpty())
        .distinct()
        .toList();
  }

  private static TargetDraft draft(
      String host,
      String port,
      List<Protocol> methods,
      String name,
      List<String> tags,
      String every,
      boolean paused) {
    return new TargetDraft(
        host,
        number(port.isEmpty() ? STANDARD_PORT : port),
        methods,
        name.isEmpty() ? host : name,
        tags,
        Duration.ofSeconds(every.isEmpty() ? STANDARD_SECONDS : number(every)),
        paused);
  }

  private static List<Line> fromLines(String text) {
    List<Line> lines = new ArrayList<>();
    List<String> columns = COLUMNS;
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.isBlank() || line.strip().startsWith("#")) {
        continue;
      }
      List<String> cells = cells(line);
      if (lines.isEmpty() && cells.stream().anyMatch(COLUMNS.getFirst()::equalsIgnoreCase)) {
        columns = cells.stream().map(cell -> cell.toLowerCase(Locale.ROOT)).toList();
        continue;
      }
      lines.add(new Line(number, draft(columns, cells)));
    }
    return lines;
  }

  private static TargetDraft draft(List<String> columns, List<String> cells) {
    return draft(
        cell(columns, cells, "host"),
        cell(columns, cells, "port"),
        cell(columns, cells, "name"),
        tags(cell(columns, cells, "tags")),
        cell(columns, cells, "interval_seconds"));
  }

  private static String cell(List<String> columns, List<String> cells, String column) {
    int at = columns.indexOf(column);
    return at >= 0 && at < cells.size() ? cells.get(at) : "";
  }

  /** What stands in double quotes is one cell; two of them within are one. */
  private static List<String> cells(String line) {
    char separator = separator(line);
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append('"');
        i++;
      } else if (c == '"' && (quoted || cell.toString().isBlank())) {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        cells.add(cell.toString().strip());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString().strip());
    return cells;
  }

  /** The first that stands behind the host. */
  private static char separator(String line) {
    return (char)
        line.chars()
            .filter(c -> SEPARATORS.indexOf(c) >= 0)
            .findFirst()
            .orElse(SEPARATORS.charAt(0));
  }

  private static Optional<List<Line>> fromJson(String text) {
    try {
      List<Line> lines = new ArrayList<>();
      for (JsonNode each : new ObjectMapper().readTree(text)) {
        lines.add(new Line(lines.size() + 1, draft(each)));
      }
      return Optional.of(lines);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static TargetDraft draft(JsonNode each) {
    List<String> tags = new ArrayList<>();
    each.path("tags").forEach(tag -> tags.add(tag.asText()));
    return draft(
        each.path("host").asText(""),
        each.path("port").asText(""),
        methods(each.path("methods")),
        each.path("name").asText(""),
        tags,
        each.path("interval_seconds").asText(""),
        each.path("paused").asBoolean(false));
  }

  /** None at all when one of them is unknown, which is a fault. */
  private static List<Protocol> methods(JsonNode words) {
    if (words.isMissingNode() || words.isNull()) {
      return METHODS;
    }
    List<Protocol> methods = new ArrayList<>();
    for (JsonNode word : words) {
      Arrays.stream(Protocol.values())
          .filter(one -> one.name().equalsIgnoreCase(word.asText()))
          .forEach(methods::add);
    }
    return methods.size() == words.size() ? methods : List.of();
  }

  /** A fault where it is none. */
  private static int number(String text) {
    return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
  }
}
