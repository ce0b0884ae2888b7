package io.nettrace.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.nettrace.platform.Durations;
import io.nettrace.platform.json.DocumentProblem;
import io.nettrace.platform.json.InvalidDocumentException;
import io.nettrace.platform.json.SchemaReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a catalogue of plans, or says everything that is wrong with it. */
final class PlanCatalogue {
  private static final SchemaReader READER =
      SchemaReader.of(PlanCatalogue.class, "plans.schema.json");
  private static final Set<String> NEVER_LESS =
      Set.of(
          "cents_per_month",
          "calls_per_day",
          "requests_per_second",
          "burst",
          "concurrent_requests",
          "custom_targets",
          "packets_per_minute",
          "keys",
          "members");

  private PlanCatalogue() {}

  static List<Plan> read(String file, byte[] content) throws InvalidDocumentException {
    JsonNode list = READER.read(file, content).get("plans");
    List<DocumentProblem> problems = new ArrayList<>();
    firstIsFree(file, list, problems);
    namedOnce(file, list, problems);
    addedOnce(file, list, problems);
    for (int i = 1; i < list.size(); i++) {
      includesTheOneBefore(file, i, list.get(i - 1), list.get(i), problems);
    }
    if (!problems.isEmpty()) {
      throw new InvalidDocumentException(problems);
    }
    return plans(list);
  }

  /** What is in plans and cannot be used yet. */
  static Set<Entitlement> coming(String file, byte[] content) throws InvalidDocumentException {
    Set<Entitlement> coming = EnumSet.noneOf(Entitlement.class);
    READER
        .read(file, content)
        .path("coming")
        .forEach(word -> coming.add(Entitlement.valueOf(word.textValue())));
    return coming;
  }

  private static void firstIsFree(String file, JsonNode list, List<DocumentProblem> problems) {
    if (list.get(0).get("cents_per_month").longValue() != 0) {
      problems.add(
          new DocumentProblem(
              file,
              "/plans/0/cents_per_month",
              "everybody who has no other plan is on the first, so it costs nothing"));
    }
  }

  private static void namedOnce(String file, JsonNode list, List<DocumentProblem> problems) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      String name = list.get(i).get("name").textValue();
      if (!names.add(name)) {
        problems.add(
            new DocumentProblem(
                file, "/plans/" + i + "/name", "'" + name + "' is another plan's name"));
      }
    }
  }

  private static void addedOnce(String file, JsonNode list, List<DocumentProblem> problems) {
    Set<String> added = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      JsonNode adds = list.get(i).get("adds");
      for (int j = 0; j < adds.size(); j++) {
        if (!added.add(adds.get(j).textValue())) {
          problems.add(
              new DocumentProblem(
                  file,
                  "/plans/" + i + "/adds/" + j,
                  adds.get(j).textValue() + " is in an earlier plan already"));
        }
      }
    }
  }

  private static void includesTheOneBefore(
      String file, int index, JsonNode before, JsonNode plan, List<DocumentProblem> problems) {
    for (String member : NEVER_LESS.stream().sorted().toList()) {
      if (plan.get(member).longValue() < before.get(member).longValue()) {
        problems.add(less(file, index, member));
      }
    }
    if (history(plan).compareTo(history(before)) < 0) {
      problems.add(less(file, index, "history"));
    }
    String interval = "fastest_interval_seconds";
    if (plan.get(interval).longValue() > before.get(interval).longValue()) {
      problems.add(less(file, index, interval));
    }
    if (before.get("unlimited").booleanValue() && !plan.get("unlimited").booleanValue()) {
      problems.add(less(file, index, "unlimited"));
    }
  }

  private static DocumentProblem less(String file, int index, String member) {
    return new DocumentProblem(
        file,
        "/plans/" + index + "/" + member,
        "a plan includes the one before, and here that one has more");
  }

  private static List<Plan> plans(JsonNode list) {
    List<Plan> plans = new ArrayList<>();
    Set<Entitlement> entitlements = EnumSet.noneOf(Entitlement.class);
    for (JsonNode node : list) {
      node.get("adds").forEach(word -> entitlements.add(Entitlement.valueOf(word.textValue())));
      plans.add(plan(node, entitlements));
    }
    return List.copyOf(plans);
  }

  private static Plan plan(JsonNode node, Set<Entitlement> entitlements) {
    return new Plan(
        node.get("name").textValue(),
        node.get("title").textValue(),
        node.get("cents_per_month").longValue(),
        node.get("calls_per_day").longValue(),
        node.get("unlimited").booleanValue(),
        node.get("requests_per_second").intValue(),
        node.get("burst").intValue(),
        node.get("concurrent_requests").intValue(),
        history(node),
        entitlements,
        node.get("custom_targets").intValue(),
        Duration.ofSeconds(node.get("fastest_interval_seconds").intValue()),
        node.get("packets_per_minute").intValue(),
        node.get("keys").intValue(),
        node.get("members").intValue());
  }

  private static Duration history(JsonNode node) {
    return Durations.parse(node.get("history").textValue());
  }
}
