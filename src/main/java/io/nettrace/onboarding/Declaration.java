package io.nettrace.onboarding;

import com.fasterxml.jackson.databind.JsonNode;
import io.nettrace.catalog.TargetDraft;
import io.nettrace.identity.EmailAddress;
import io.nettrace.identity.Parsed;
import io.nettrace.identity.Role;
import io.nettrace.metric.Protocol;
import io.nettrace.plan.Plan;
import io.nettrace.plan.Plans;
import io.nettrace.platform.json.DocumentProblem;
import io.nettrace.platform.json.InvalidDocumentException;
import io.nettrace.platform.json.SchemaReader;
import io.nettrace.tenant.AllowedOrigins;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a file says of a tenant.
 *
 * @param vantagePoint name of the default one; empty when the file does not say
 * @param origins web pages that may read answers; empty when the file does not say
 * @param scanners as written
 * @param objectives as written
 */
record Declaration(
    String slug,
    String name,
    Plan plan,
    List<Person> members,
    List<TargetDraft> targets,
    Optional<String> vantagePoint,
    Optional<AllowedOrigins.Good> origins,
    String scanners,
    String objectives) {
  private static final SchemaReader READER =
      SchemaReader.of(Declaration.class, "tenant.schema.json");

  /** Somebody who is to belong to it. */
  record Person(EmailAddress email, Role role) {}

  /** Reads a file, or says everything that is wrong with it. */
  static Declaration read(String file, byte[] content, Plans plans)
      throws InvalidDocumentException {
    JsonNode document = READER.read(file, content);
    List<DocumentProblem> problems = new ArrayList<>();
    String planName = document.get("plan").textValue();
    Plan plan = plans.byName(planName).orElse(null);
    if (plan == null) {
      problems.add(
          new DocumentProblem(
              file,
              "/plan",
              "'%s' is no plan; there are %s"
                  .formatted(
                      planName,
                      plans.all().stream().map(Plan::name).collect(Collectors.joining(", ")))));
    }
    List<Person> members = members(file, document.path("members"), problems);
    Optional<AllowedOrigins.Good> origins =
        origins(file, document.path("allowed_origins"), problems);
    if (plan == null || !problems.isEmpty()) {
      throw new InvalidDocumentException(problems);
    }
    return new Declaration(
        document.get("slug").textValue(),
        document.get("name").textValue(),
        plan,
        members,
        document
            .path("custom_targets")
            .valueStream()
            .map(node -> target(node, plan.fastestInterval()))
            .toList(),
        Optional.ofNullable(document.path("default_vantage_point").textValue()),
        origins,
        list(document.path("scanners")),
        list(document.path("objectives")));
  }

  private static List<Person> members(String file, JsonNode list, List<DocumentProblem> problems) {
    List<Person> members = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      Role role = Role.valueOf(list.get(i).get("role").textValue().toUpperCase(Locale.ROOT));
      switch (EmailAddress.parse(list.get(i).get("email").textValue())) {
        case Parsed.Valid<EmailAddress>(EmailAddress email) -> members.add(new Person(email, role));
        case Parsed.Invalid<EmailAddress>(String reason) ->
            problems.add(new DocumentProblem(file, "/members/" + i + "/email", reason));
      }
    }
    return members;
  }

  private static Optional<AllowedOrigins.Good> origins(
      String file, JsonNode list, List<DocumentProblem> problems) {
    if (list.isMissingNode()) {
      return Optional.empty();
    }
    return switch (AllowedOrigins.read(list.valueStream().map(JsonNode::textValue).toList())) {
      case AllowedOrigins.Good good -> Optional.of(good);
      case AllowedOrigins.Bad(var faults) -> {
        faults.forEach(
            fault ->
                problems.add(
                    new DocumentProblem(file, "/allowed_origins/" + fault.at(), fault.reason())));
        yield Optional.empty();
      }
    };
  }

  private static TargetDraft target(JsonNode node, Duration fastest) {
    JsonNode methods = node.path("methods");
    return new TargetDraft(
        node.get("host").textValue(),
        node.get("port").intValue(),
        methods.isMissingNode()
            ? List.of(Protocol.ICMP, Protocol.TCP)
            : methods
                .valueStream()
                .map(word -> Protocol.valueOf(word.textValue().toUpperCase(Locale.ROOT)))
                .toList(),
        node.get("name").textValue(),
        node.path("tags").valueStream().map(JsonNode::textValue).toList(),
        node.has("interval_seconds")
            ? Duration.ofSeconds(node.get("interval_seconds").intValue())
            : fastest,
        false);
  }

  private static String list(JsonNode node) {
    return node.isMissingNode() ? "[]" : node.toString();
  }
}
