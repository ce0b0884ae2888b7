package io.nettrace.edge.portal.account;

import io.nettrace.catalog.CustomTarget;
import io.nettrace.catalog.CustomTargets;
import io.nettrace.catalog.ImportOutcome;
import io.nettrace.catalog.TargetDraft;
import io.nettrace.catalog.TargetEstimate;
import io.nettrace.catalog.TargetLimits;
import io.nettrace.catalog.TargetOutcome;
import io.nettrace.desk.Action;
import io.nettrace.edge.portal.EditConflict;
import io.nettrace.edge.portal.Faults;
import io.nettrace.edge.portal.FormInput;
import io.nettrace.edge.portal.FormResponse;
import io.nettrace.edge.portal.Guarded;
import io.nettrace.edge.portal.Guarded.Form;
import io.nettrace.edge.portal.Once;
import io.nettrace.edge.portal.Page;
import io.nettrace.edge.portal.PageAddress;
import io.nettrace.edge.portal.PageNotFoundException;
import io.nettrace.edge.portal.PagedList;
import io.nettrace.edge.portal.PortalPage;
import io.nettrace.edge.portal.Visit;
import io.nettrace.edge.portal.account.TargetList.Line;
import io.nettrace.onboarding.PlanChanges;
import io.nettrace.plan.Entitlement;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Endpoints that are measured for the tenant alone. */
@Page
public class CustomTargetsPage {
  private static final int PER_PAGE = 50;
  private static final int MOST_REFUSALS = 20;

  /** As much as the API takes. */
  private static final int LONGEST_LIST = 1 << 20;

  @Inject CustomTargets targets;
  @Inject Visit visit;
  @Inject FormInput input;
  @Inject Faults faults;
  @Inject EditConflict conflict;

  private final List<String> refusals = new ArrayList<>();
  private String estimated = "";
  private @Nullable TargetEstimate present;
  private @Nullable CustomTarget edited;

  @Guarded(
      forms = {
        @Form(value = "add", needs = Action.MANAGE_OWN_TARGETS),
        @Form(value = "look", needs = Action.MANAGE_OWN_TARGETS),
        @Form(value = "change", needs = Action.MANAGE_OWN_TARGETS),
        @Form(value = "remove", needs = Action.MANAGE_OWN_TARGETS),
        @Form(value = "import", needs = Action.MANAGE_OWN_TARGETS),
        @Form(value = "look-import", needs = Action.MANAGE_OWN_TARGETS)
      })
  public void act() {
    edited = input.edited().filter(_ -> isIncluded()).map(this::find).orElse(null);
    if (input.wish().isEmpty()) {
      return;
    }
    switch (input.wish()) {
      case "add" -> add();
      case "look" -> look(List.of(new Line(1, draft())));
      case "change" -> change();
      case "remove" ->
          settle(
              targets.remove(visit.actor(), visit.ofTenant(), input.get("id"), OptionalInt.empty()),
              "removed");
      case "import" -> lines().ifPresent(this::importAll);
      case "look-import" -> lines().ifPresent(this::look);
      default -> {}
    }
  }

  private CustomTarget find(String id) {
    return targets.find(visit.ofTenant(), id).orElseThrow(PageNotFoundException::new);
  }

  private void add() {
    TargetOutcome outcome =
        targets.create(
            visit.actor(), visit.ofTenant(), limits(), draft(), visit.person().email().text());
    if (outcome instanceof TargetOutcome.Saved(CustomTarget saved)) {
      FormResponse.go("/target/" + saved.id());
    } else {
      settle(outcome, "added");
    }
  }

  private void change() {
    CustomTarget before = edited();
    if (before == null) {
      throw new PageNotFoundException();
    }
    TargetDraft draft =
        new TargetDraft(
            before.host(),
            before.port(),
            before.methods(),
            input.get("name"),
            TargetList.tags(input.get("tags")),
            Duration.ofSeconds(input.number("interval").orElse(0)),
            input.has("paused"));
    settle(
        targets.replace(
            visit.actor(), visit.ofTenant(), limits(), before.id(), conflict.sent(), draft),
        "changed");
  }

  /** What is typed into the form for one. */
  private TargetDraft draft() {
    return TargetList.draft(
        input.get("host"),
        input.get("port"),
        input.get("name"),
        TargetList.tags(input.get("tags")),
        input.get("interval"));
  }

  /** What is typed into the form for many; empty after saying what is wrong with it. */
  private Optional<List<Line>> lines() {
    Optional<String> text = input.text("list", LONGEST_LIST);
    if (text.isEmpty()) {
      faults.of("list", "it is longer than is taken at once");
      return Optional.empty();
    }
    return switch (TargetList.read(text.get())) {
      case TargetList.Read.Lines(var lines) -> taken(lines);
      case TargetList.Read.Faulty(String reason) -> {
        faults.of("list", "it begins like JSON, but: " + reason);
        yield Optional.empty();
      }
    };
  }

  private Optional<List<Line>> taken(List<Line> lines) {
    if (lines.isEmpty()) {
      faults.of("list", "it holds no target");
    } else if (lines.size() > CustomTargets.MOST_ROWS) {
      faults.of("list", "at most %,d at once".formatted(CustomTargets.MOST_ROWS));
    }
    return Optional.of(lines).filter(_ -> !faults.isAny());
  }

  /** All of a list, or none and what is wrong with each line. */
  private void importAll(List<Line> lines) {
    switch (targets.importAll(
        visit.actor(), visit.ofTenant(), limits(), drafts(lines), visit.person().email().text())) {
      case ImportOutcome.Imported(var added) ->
          FormResponse.go(PortalPage.TARGETS.address() + "?did=imported&many=" + added.size());
      case ImportOutcome.Refused(var first) -> {
        // it stops at the first kind of fault; the estimate knows the faults of all kinds
        List<ImportOutcome.Row> all =
            targets.estimate(visit.ofTenant(), limits(), drafts(lines)).refused();
        refuse(lines, all.isEmpty() ? first : all);
      }
      case ImportOutcome.TooMany(int most) ->
          faults.of("list", "at most %,d at once".formatted(most));
    }
  }

  /** What it would come to. */
  private void look(List<Line> lines) {
    TargetEstimate then = targets.estimate(visit.ofTenant(), limits(), drafts(lines));
    if (then.refused().isEmpty()) {
      estimated =
          "%s would take %,d packets a minute more at each vantage point, %,d of the %,d your plan has then. Nothing is added yet."
              .formatted(
                  lines.size() == 1 ? "This target" : "These %,d targets".formatted(lines.size()),
                  then.packetsPerMinuteThen() - then.packetsPerMinute(),
                  then.packetsPerMinuteThen(),
                  visit.plan().packetsPerMinute());
    } else if (input.wish().equals("look")) {
      settle(then.refused().getFirst().why(), "");
    } else {
      refuse(lines, then.refused());
    }
  }

  private void refuse(List<Line> lines, List<ImportOutcome.Row> rows) {
    rows.stream()
        .limit(MOST_REFUSALS)
        .map(
            row ->
                "Line %d: %s".formatted(lines.get(row.row()).number(), TargetWords.of(row.why())))
        .forEach(refusals::add);
    if (rows.size() > MOST_REFUSALS) {
      refusals.add(
          rows.stream()
              .skip(MOST_REFUSALS)
              .map(row -> Integer.toString(lines.get(row.row()).number()))
              .collect(
                  Collectors.joining(
                      ", ",
                      "And %,d more, in lines ".formatted(rows.size() - MOST_REFUSALS),
                      ".")));
    }
  }

  private void settle(TargetOutcome outcome, String did) {
    switch (outcome) {
      case TargetOutcome.Saved _, TargetOutcome.Removed _ ->
          FormResponse.done(PortalPage.TARGETS, did);
      case TargetOutcome.Invalid(var wrong) ->
          wrong.forEach(fault -> faults.of(fault.field(), fault.reason()));
      case TargetOutcome.Missing _ -> throw new PageNotFoundException();
      case TargetOutcome.Stale _ -> compare(find(input.get("id")));
      case TargetOutcome.Exceeds _, TargetOutcome.Duplicate _ ->
          faults.whole(TargetWords.of(outcome));
    }
  }

  private void compare(CustomTarget now) {
    edited = now;
    Optional<Integer> interval = input.number("interval");
    conflict
        .holds("name", now.name(), now.name().equals(input.get("name")))
        .holds(
            "tags",
            String.join(", ", now.tags()),
            now.tags().equals(TargetList.tags(input.get("tags"))))
        .holds(
            "interval",
            now.burstEvery().toSeconds() + " s",
            interval.map(Duration::ofSeconds).equals(Optional.of(now.burstEvery())))
        .holds(
            "paused", now.paused() ? "paused" : "not paused", now.paused() == input.has("paused"))
        .tell(PageAddress.to(PortalPage.TARGETS.address()).with("edit", now.id()).toString());
  }

  private static List<TargetDraft> drafts(List<Line> lines) {
    return lines.stream().map(Line::draft).toList();
  }

  private TargetLimits limits() {
    return PlanChanges.limits(visit.plan());
  }

  /** One page of them, the oldest first. */
  @Once
  public PagedList<CustomTarget> rows() {
    Optional<String> after = Optional.of(input.get("after")).filter(id -> !id.isEmpty());
    PagedList<CustomTarget> page =
        PagedList.behind(
            isIncluded() ? targets.list(visit.ofTenant(), after, PER_PAGE + 1) : List.of(),
            PER_PAGE,
            PageAddress.to(PortalPage.TARGETS.address()),
            "after",
            input,
            CustomTarget::id);
    return page.counted(
        "%d of your %,d targets".formatted(page.rows().size(), present().present()));
  }

  /** How much of the plan is taken. */
  public TargetEstimate present() {
    if (present == null) {
      present = targets.estimate(visit.ofTenant(), limits(), List.of());
    }
    return present;
  }

  /** The version that the next save replaces: the one that was seen, or told of as it is now. */
  public int version() {
    return conflict.version(Objects.requireNonNull(edited).version());
  }

  /** The target that is being edited. */
  public @Nullable CustomTarget edited() {
    return edited;
  }

  public boolean isIncluded() {
    return visit.has(Entitlement.CUSTOM_TARGETS);
  }

  /** What is wrong with an import, line by line. */
  public List<String> refusals() {
    return refusals;
  }

  /** What was looked at would come to this; empty when nothing was. */
  public String estimated() {
    return estimated;
  }

  /** The list as it was sent. */
  public String list() {
    return input.text("list", LONGEST_LIST).orElse("");
  }

  public long fastest() {
    return visit.plan().fastestInterval().toSeconds();
  }
}
