package io.nettrace.edge.portal.account;

import io.nettrace.catalog.TargetDraft;
import io.nettrace.metric.Protocol;
import io.nettrace.platform.json.JsonFaultException;
import io.nettrace.platform.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Targets as people write them down: a line for each, with commas, semicolons or tabs between, or
 * JSON as the API takes it.
 */
final class TargetList {
  private static final List<String> COLUMNS =
      List.of("host", "port", "name", "tags", "interval_seconds");
  private static final List<Protocol> METHODS = List.of(Protocol.ICMP, Protocol.TCP);
  private static final int STANDARD_SECONDS = 60;
  private static final int STANDARD_PORT = 443;
  private static final String SEPARATORS = ",;\t";

  private TargetList() {}

  /** A target and the line, or the place in the JSON, where it stands; the first is 1. */
  record Line(int number, TargetDraft draft) {}

  /** What a text says. */
  sealed interface Read {
    record Lines(List<Line> lines) implements Read {}

    /** It begins like JSON; {@code reason} is what the API would say of it. */
    record Faulty(String reason) implements Read {}
  }

  /** A target as the API takes it; here most of it may be left out. */
  private record Described(
      @Nullable String host,
      @Nullable Integer port,
      @Nullable String name,
      @Nullable List<String> methods,
      @Nullable List<String> tags,
      @Nullable Long intervalSeconds,
      @Nullable Boolean paused) {}

  static Read read(String text) {
    return text.strip().startsWith("[") ? fromJson(text) : new Read.Lines(fromLines(text));
  }

  /** What is not given is what it mostly is. */
  static TargetDraft draft(String host, String port, String name, List<String> tags, String every) {
    return new TargetDraft(
        host,
        port.isEmpty() ? STANDARD_PORT : number(port),
        METHODS,
        name.isEmpty() ? host : name,
        tags,
        Duration.ofSeconds(every.isEmpty() ? STANDARD_SECONDS : number(every)),
        false);
  }

  /** Text with commas between as tags. */
  static List<String> tags(String text) {
    return Arrays.stream(text.split("[,|]", -1))
        .map(String::strip)
        .filter(tag -> !tag.isEmpty())
        .distinct()
        .toList();
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

  private static Read fromJson(String text) {
    try {
      Described[] all =
          StrictJson.read(text.strip().getBytes(StandardCharsets.UTF_8), Described[].class);
      List<Line> lines = new ArrayList<>();
      for (Described each : all) {
        lines.add(new Line(lines.size() + 1, draft(each)));
      }
      return new Read.Lines(lines);
    } catch (JsonFaultException e) {
      return new Read.Faulty(e.fault().toString());
    }
  }

  private static TargetDraft draft(Described each) {
    String host = each.host() == null ? "" : each.host();
    return new TargetDraft(
        host,
        each.port() == null ? STANDARD_PORT : each.port(),
        each.methods() == null ? METHODS : methods(each.methods()),
        each.name() == null ? host : each.name(),
        each.tags() == null ? List.of() : each.tags(),
        Duration.ofSeconds(
            each.intervalSeconds() == null ? STANDARD_SECONDS : each.intervalSeconds()),
        each.paused() != null && each.paused());
  }

  /** None at all when one of them is unknown, which is a fault. */
  private static List<Protocol> methods(List<String> words) {
    List<Protocol> methods =
        words.stream()
            .flatMap(
                word ->
                    Arrays.stream(Protocol.values())
                        .filter(one -> one.name().equals(word.toUpperCase(Locale.ROOT))))
            .toList();
    return methods.size() == words.size() ? methods : List.of();
  }

  /** A fault where it is none. */
  private static int number(String text) {
    return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
  }
}
