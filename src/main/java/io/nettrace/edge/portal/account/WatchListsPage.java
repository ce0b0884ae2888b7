package io.nettrace.edge.portal.account;

import io.nettrace.catalog.WatchList;
import io.nettrace.catalog.WatchListOutcome;
import io.nettrace.catalog.WatchLists;
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
import io.nettrace.plan.Entitlement;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lists of targets that belong together for the tenant. */
@Page
public class WatchListsPage {
  private static final int PER_PAGE = 50;

  @Inject WatchLists lists;
  @Inject TargetChoices choices;
  @Inject Visit visit;
  @Inject FormInput input;
  @Inject Faults faults;
  @Inject EditConflict conflict;

  private @Nullable WatchList edited;

  @Guarded(
      forms = {
        @Form(value = "make", needs = Action.MANAGE_WATCH_LISTS),
        @Form(value = "change", needs = Action.MANAGE_WATCH_LISTS),
        @Form(value = "remove", needs = Action.MANAGE_WATCH_LISTS)
      })
  public void act() {
    edited = input.edited().filter(_ -> isIncluded()).map(this::find).orElse(null);
    if (input.wish().isEmpty()) {
      return;
    }
    switch (input.wish()) {
      case "make" ->
          settle(
              lists.create(
                  visit.actor(), visit.ofTenant(), input.get("name"), input.all("targets")),
              "made");
      case "change" ->
          settle(
              lists.replace(
                  visit.actor(),
                  visit.ofTenant(),
                  id(),
                  conflict.sent(),
                  input.get("name"),
                  input.all("targets")),
              "changed");
      case "remove" ->
          settle(
              lists.remove(visit.actor(), visit.ofTenant(), id(), OptionalInt.empty()), "removed");
      default -> {}
    }
  }

  private WatchList find(String id) {
    return FormInput.uuid(id)
        .flatMap(known -> lists.find(visit.ofTenant(), known))
        .orElseThrow(PageNotFoundException::new);
  }

  private void settle(WatchListOutcome outcome, String did) {
    switch (outcome) {
      case WatchListOutcome.Saved _, WatchListOutcome.Removed _ ->
          FormResponse.done(PortalPage.WATCH_LISTS, did);
      case WatchListOutcome.Invalid(var wrong) ->
          wrong.forEach(fault -> faults.of(fault.field(), fault.reason()));
      case WatchListOutcome.Duplicate(String name) ->
          faults.of("name", "you have a list '%s'".formatted(name));
      case WatchListOutcome.TooMany(int most) ->
          faults.whole("A tenant has at most %d lists; remove one".formatted(most));
      case WatchListOutcome.Stale _ -> compare(find(input.get("id")));
      case WatchListOutcome.Missing _ -> throw new PageNotFoundException();
    }
  }

  private void compare(WatchList now) {
    edited = now;
    Set<String> targets = Set.copyOf(now.targetIds());
    conflict
        .holds("name", now.name(), now.name().equals(input.get("name")))
        .holds("targets", names(targets), targets.equals(Set.copyOf(input.all("targets"))))
        .tell(PageAddress.to(PortalPage.WATCH_LISTS.address()).with("edit", now.id()).toString());
  }

  private String names(Set<String> targets) {
    return choices.all(visit, targets).stream()
        .filter(TargetChoices.Choice::chosen)
        .map(TargetChoices.Choice::name)
        .collect(Collectors.joining(", "));
  }

  public boolean isIncluded() {
    return visit.has(Entitlement.WATCH_LISTS);
  }

  @Once
  public PagedList<WatchList> rows() {
    return PagedList.numbered(
        isIncluded() ? lists.all(visit.ofTenant()) : List.of(),
        PER_PAGE,
        PageAddress.to(PortalPage.WATCH_LISTS.address()),
        "page",
        input);
  }

  /** The version that the next save replaces: the one that was seen, or told of as it is now. */
  public int version() {
    return conflict.version(Objects.requireNonNull(edited).version());
  }

  /** The list that is being edited. */
  public @Nullable WatchList edited() {
    return edited;
  }

  @Once
  public List<TargetChoices.Choice> choices() {
    Set<String> chosen =
        input.wish().isEmpty() && edited != null
            ? Set.copyOf(edited.targetIds())
            : Set.copyOf(input.all("targets"));
    return choices.all(visit, chosen);
  }

  private UUID id() {
    return input.id("id").orElseThrow(PageNotFoundException::new);
  }
}
