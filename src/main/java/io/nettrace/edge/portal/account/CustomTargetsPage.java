package io.nettrace.edge.portal.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nettrace.edge.portal.Answer;
import io.nettrace.edge.portal.Faults;
import io.nettrace.edge.portal.Page;
import io.nettrace.edge.portal.PortalPage;
import io.nettrace.edge.portal.Turned;
import io.nettrace.edge.portal.Typed;
import io.nettrace.edge.portal.Visit;
import io.nettrace.identity.Permission;
import io.nettrace.metric.Protocol;
import io.nettrace.onboarding.PlanChanges;
import io.nettrace.plan.Entitlement;
import io.nettrace.target.CustomTarget;
import io.nettrace.target.CustomTargets;
import io.nettrace.target.ImportOutcome;
import io.nettrace.target.TargetDraft;
import io.nettrace.target.TargetOutcome;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Endpoints that are measured for the tenant alone. */
@Page
public class CustomTargetsPage {
  private static final int PER_PAGE = 50;
  private static final List<Protocol> METHODS = List.of(Protocol.ICMP, Protocol.TCP);

  @Inject CustomTargets targets;
  @Inject Visit visit;
  @Inject Typed typed;
  @Inject Faults faults;

  private final List<String> refusals = new ArrayList<>();
  private @Nullable List<CustomTarget> found;

  public void act() {
    if (typed.wish().isEmpty()) {
      return;
    }
    visit.require(Permission.MANAGE_TARGETS);
    if (!visit.has(Entitlement.CUSTOM_TARGETS)) {
      throw new Turned(Turned.Why.FORBIDDEN);
    }
    switch (typed.wish()) {
      case "add" -> add();
      case "change" -> change();
      case "remove" ->
          settle(targets.remove(visit.ofTenant(), typed.get("id"), OptionalInt.empty()), "removed");
      case "import" -> importAll();
      default -> {}
    }
  }

  private void add() {
    TargetDraft draft =
        draft(typed.get("host"), typed.get("port"), typed.get("name"), typed.get("tags"), "60");
    TargetDraft timed = every(draft, typed.number("interval").orElse(60), false);
    if (isSound(timed)) {
      TargetOutcome outcome =
          targets.create(
              visit.ofTenant(),
              PlanChanges.limits(visit.plan()),
              timed,
              visit.person().email().text());
      if (outcome instanceof TargetOutcome.Saved(CustomTarget saved)) {
        Answer.go("/target/" + saved.id());
      } else {
        settle(outcome, "added");
      }
    }
  }

  private void change() {
    CustomTarget before = edited().orElseThrow(() -> new Turned(Turned.Why.NOT_FOUND));
    TargetDraft draft =
        new TargetDraft(
            before.host(),
            before.port(),
            before.methods(),
            typed.get("name"),
            tags(typed.get("tags")),
            Duration.ofSeconds(typed.number("interval").orElse(0)),
            typed.has("paused"));
    if (isSound(draft)) {
      settle(
          targets.replace(
              visit.ofTenant(),
              PlanChanges.limits(visit.plan()),
              before.id(),
              typed.number("version").orElse(-1),
              draft),
          "changed");
    }
  }

  /** All of a list, or none and what is wrong with each line. */
  private void importAll() {
    List<TargetDraft> drafts = typed.get("list").startsWith("[") ? fromJson() : fromLines();
    if (drafts.size() > CustomTargets.MOST_ROWS) {
      faults.of("list", "at most %d at once".formatted(CustomTargets.MOST_ROWS));
      return;
    }
    for (int i = 0; i < drafts.size(); i++) {
      int line = i + 1;
      CustomTargets.faults(drafts.get(i))
          .forEach(
              fault -> refusals.add("%d: %s %s".formatted(line, fault.field(), fault.reason())));
    }
    if (drafts.isEmpty() && !faults.isAny()) {
      faults.of("list", "it holds no target");
    }
    if (!refusals.isEmpty() || faults.isAny()) {
      return;
    }
    switch (targets.importAll(
        visit.ofTenant(),
        PlanChanges.limits(visit.plan()),
        drafts,
        visit.person().email().text())) {
      case ImportOutcome.Imported(var added) ->
          Answer.go(PortalPage.TARGETS.address() + "?did=imported&many=" + added.size());
      case ImportOutcome.Refused(var rows) ->
          rows.forEach(row -> refusals.add((row.row() + 1) + ": " + words(row.why())));
      case ImportOutcome.TooMany(int most) ->
          faults.of("list", "at most %d at once".formatted(most));
    }
  }

  private List<TargetDraft> fromLines() {
    return typed
        .get("list")
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith("host,"))
        .map(line -> line.split("\\s*[,;\t]\\s*", -1))
        .map(
            parts ->
                draft(
                    part(parts, 0, ""),
                    part(parts, 1, "443"),
                    part(parts, 2, ""),
                    part(parts, 3, "").replace('|', ','),
                    part(parts, 4, "60")))
        .toList();
  }

  private List<TargetDraft> fromJson() {
    try {
      List<TargetDraft> drafts = new ArrayList<>();
      for (JsonNode each : new ObjectMapper().readTree(typed.get("list"))) {
        List<String> tags = new ArrayList<>();
        each.path("tags").forEach(tag -> tags.add(tag.asText()));
        drafts.add(
            draft(
                each.path("host").asText(""),
                each.path("port").asText("443"),
                each.path("name").asText(""),
                String.join(",", tags),
                each.path("interval_seconds").asText("60")));
      }
      return drafts;
    } catch (JsonProcessingException e) {
      faults.of("list", "it begins like JSON, but is none");
      return List.of();
    }
  }

  private static String part(String[] parts, int index, String otherwise) {
    return index < parts.length && !parts[index].isEmpty() ? parts[index] : otherwise;
  }

  private static TargetDraft draft(
      String host, String port, String name, String tags, String seconds) {
    return new TargetDraft(
        host,
        port.matches("[0-9]{1,5}") ? Integer.parseInt(port) : 0,
        METHODS,
        name.isEmpty() ? host : name,
        tags(tags),
        Duration.ofSeconds(seconds.matches("[0-9]{1,6}") ? Integer.parseInt(seconds) : 0),
        false);
  }

  private static TargetDraft every(TargetDraft draft, int seconds, boolean paused) {
    return new TargetDraft(
        draft.host(),
        draft.port(),
        draft.methods(),
        draft.name(),
        draft.tags(),
        Duration.ofSeconds(seconds),
        paused);
  }

  private static List<String> tags(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(tag -> !tag.isEmpty())
        .distinct()
        .toList();
  }

  private boolean isSound(TargetDraft draft) {
    CustomTargets.faults(draft).forEach(fault -> faults.of(fault.field(), fault.reason()));
    return !faults.isAny();
  }

  private void settle(TargetOutcome outcome, String did) {
    switch (outcome) {
      case TargetOutcome.Saved _, TargetOutcome.Removed _ ->
          Answer.go(PortalPage.TARGETS.address() + "?did=" + did);
      case TargetOutcome.Invalid(var wrong) ->
          wrong.forEach(fault -> faults.of(fault.field(), fault.reason()));
      case TargetOutcome.Missing _ -> throw new Turned(Turned.Why.NOT_FOUND);
      case TargetOutcome.Exceeds _, TargetOutcome.Duplicate _, TargetOutcome.Stale _ ->
          faults.whole(words(outcome));
    }
  }

  private static String words(TargetOutcome outcome) {
    return switch (outcome) {
      case TargetOutcome.Exceeds(var limit, long allowed, long wanted) ->
          switch (limit) {
            case COUNT -> "your plan has %d targets of your own".formatted(allowed);
            case INTERVAL -> "your plan measures every %d s at most".formatted(allowed);
            case PACKETS_PER_MINUTE ->
                "your plan has %,d packets a minute, and your targets would need %,d; measure some less often"
                    .formatted(allowed, wanted);
          };
      case TargetOutcome.Duplicate(String host, int port) ->
          "you have one with host %s and port %d".formatted(host, port);
      case TargetOutcome.Stale _ -> "somebody changed it meanwhile; look again and repeat";
      case TargetOutcome.Invalid(var wrong) ->
          String.join(
              "; ", wrong.stream().map(fault -> fault.field() + " " + fault.reason()).toList());
      case TargetOutcome.Missing _, TargetOutcome.Saved _, TargetOutcome.Removed _ -> "";
    };
  }

  /** One page of them, the oldest first. */
  public List<CustomTarget> shown() {
    List<CustomTarget> all = found();
    return all.size() > PER_PAGE ? all.subList(0, PER_PAGE) : all;
  }

  public String count() {
    return shown().size() + " of %d your plan has".formatted(visit.plan().customTargets());
  }

  public String firstAddress() {
    return typed.get("after").isEmpty() ? "" : PortalPage.TARGETS.address();
  }

  public String nextAddress() {
    return found().size() > PER_PAGE
        ? PortalPage.TARGETS.address() + "?after=" + shown().getLast().id()
        : "";
  }

  /** The target that is being edited. */
  public Optional<CustomTarget> edited() {
    String id = typed.get(typed.wish().equals("change") ? "id" : "edit");
    return id.isEmpty() || !visit.has(Entitlement.CUSTOM_TARGETS)
        ? Optional.empty()
        : targets.find(visit.ofTenant(), id);
  }

  public boolean isIncluded() {
    return visit.has(Entitlement.CUSTOM_TARGETS);
  }

  /** What is wrong with an import, line by line. */
  public List<String> refusals() {
    return refusals;
  }

  public long fastest() {
    return visit.plan().fastestInterval().toSeconds();
  }

  private List<CustomTarget> found() {
    if (found == null) {
      Optional<String> after = Optional.of(typed.get("after")).filter(id -> !id.isEmpty());
      found = isIncluded() ? targets.list(visit.ofTenant(), after, PER_PAGE + 1) : List.of();
    }
    return found;
  }
}
