package io.nettrace.edge.portal.console;

import io.nettrace.desk.Action;
import io.nettrace.edge.portal.DisplayFormat;
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
import io.nettrace.onboarding.PlanChanges;
import io.nettrace.plan.Plan;
import io.nettrace.plan.Plans;
import io.nettrace.plan.TenantPlans;
import io.nettrace.plan.Usage;
import io.nettrace.platform.Chores;
import io.nettrace.platform.event.ConsumerState;
import io.nettrace.platform.event.DeadLetter;
import io.nettrace.platform.event.EventConsumers;
import io.nettrace.platform.job.JobChange;
import io.nettrace.platform.job.JobStanding;
import io.nettrace.platform.job.JobState;
import io.nettrace.platform.job.Jobs;
import io.nettrace.platform.job.ListedJob;
import io.nettrace.platform.mail.Held;
import io.nettrace.platform.mail.LetterBlocks;
import io.nettrace.platform.mail.Outbox;
import io.nettrace.scan.Scanners;
import io.nettrace.tenant.Canaries;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.Tenants;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tenants and what holds them, scanners, events, jobs, chores and walls, for those who run the
 * installation.
 */
@Page
public class Console {
  private static final int PER_PAGE = 50;

  @Inject Tenants tenants;
  @Inject TenantPlans assigned;
  @Inject Plans plans;
  @Inject PlanChanges changes;
  @Inject Usage usage;
  @Inject Scanners scanners;
  @Inject Chores chores;
  @Inject Jobs jobs;
  @Inject EventConsumers events;
  @Inject Canaries canaries;
  @Inject Outbox outbox;
  @Inject LetterBlocks blocks;
  @Inject Visit visit;
  @Inject FormInput input;
  @Inject Faults faults;
  @Inject Clock clock;

  /** A tenant's line. */
  public record Row(
      String slug,
      String name,
      String state,
      String mood,
      String plan,
      String cell,
      Instant since) {}

  /** A cell, and how many tenants it holds. */
  public record Cell(String name, long tenants) {}

  @Guarded(
      forms = {
        @Form(value = "replay", needs = Action.CHANGE_OPERATION),
        @Form(value = "drop", needs = Action.CHANGE_OPERATION),
        @Form(value = "replay-event", needs = Action.CHANGE_OPERATION),
        @Form(value = "drop-event", needs = Action.CHANGE_OPERATION),
        @Form(value = "plan", needs = Action.CHANGE_OPERATION),
        @Form(value = "suspend", needs = Action.CHANGE_OPERATION),
        @Form(value = "resume", needs = Action.CHANGE_OPERATION)
      })
  public void act() {
    if (input.wish().isEmpty()) {
      return;
    }
    switch (input.wish()) {
      case "replay" -> changed(jobs.replay(visit.actor(), job()), "replayed");
      case "drop" -> changed(jobs.drop(visit.actor(), job()), "dropped");
      case "replay-event" ->
          deadLetter(events.replay(visit.actor(), input.get("consumer"), seq()), "replayed");
      case "drop-event" ->
          deadLetter(events.drop(visit.actor(), input.get("consumer"), seq()), "dropped");
      default -> actOnTenant();
    }
  }

  private long seq() {
    try {
      return Long.parseLong(input.get("seq"));
    } catch (NumberFormatException e) {
      throw new PageNotFoundException();
    }
  }

  private void deadLetter(boolean found, String did) {
    if (found) {
      done(did);
    } else {
      faults.whole("The event is not there any more");
    }
  }

  /** How every consumer of events fares. */
  @Once
  public List<ConsumerState> consumers() {
    return events.states();
  }

  /** Events that a consumer gave up, the first of them. */
  public List<DeadLetter> deadLetters(String consumer) {
    return events.deadLetters(consumer, 0, PER_PAGE).orElse(List.of());
  }

  private UUID job() {
    return input.id("job").orElseThrow(PageNotFoundException::new);
  }

  private void changed(JobChange change, String did) {
    switch (change) {
      case DONE -> done(did);
      case UNKNOWN -> faults.whole("The job is not there any more");
      case RUNNING -> faults.whole("The job runs now");
      case WAITING -> faults.whole("The job waits already");
      case SAME_KEY -> faults.whole("Another job of the same type and key waits or runs");
    }
  }

  private void actOnTenant() {
    Tenant tenant = tenants.bySlug(input.get("slug")).orElseThrow(PageNotFoundException::new);
    switch (input.wish()) {
      case "plan" -> {
        Plan plan = plans.byName(input.get("plan")).orElseThrow(PageNotFoundException::new);
        changes.assign(visit.actor(), tenant, plan);
        done("plan");
      }
      case "suspend" -> moved(tenants.suspend(visit.actor(), tenant.id()), "suspended");
      case "resume" -> moved(tenants.resume(visit.actor(), tenant.id()), "resumed");
      default -> {}
    }
  }

  private void moved(boolean moved, String did) {
    if (moved) {
      done(did);
    } else {
      faults.whole("The tenant is in a state in which that cannot be done");
    }
  }

  private static void done(String what) {
    FormResponse.done(PortalPage.CONSOLE, what);
  }

  @Once
  public PagedList<Row> rows() {
    String words = input.get("q");
    List<Tenant> matching = matching(words.toLowerCase(Locale.ROOT));
    return PagedList.numbered(
            matching,
            PER_PAGE,
            PageAddress.to(PortalPage.CONSOLE.address()).with("q", words),
            "page",
            input)
        .map(this::row);
  }

  @Once
  public List<Plan> plans() {
    return plans.all();
  }

  @Once
  public List<Scanners.Scanner> scanners() {
    return scanners.lately();
  }

  @Once
  public List<Chores.State> chores() {
    return chores.states();
  }

  @Once
  public List<JobStanding> jobs() {
    return jobs.standings();
  }

  /** Dead jobs, and those that wait for their next attempt. */
  @Once
  public List<ListedJob> unsettled() {
    return Stream.of(JobState.DEAD, JobState.WAITING)
        .flatMap(state -> jobs.list(Optional.empty(), Optional.of(state), PER_PAGE).stream())
        .filter(job -> job.failure().isPresent())
        .toList();
  }

  @Once
  public List<Held> held() {
    return outbox.held();
  }

  @Once
  public long blocked() {
    return blocks.count();
  }

  @Once
  public List<Canaries.Finding> attacks() {
    return canaries.findings();
  }

  @Once
  public List<Cell> cells() {
    Map<String, Long> byCell =
        tenants.all().stream()
            .filter(tenant -> tenant.placement().isPresent())
            .collect(Collectors.groupingBy(Console::cell, TreeMap::new, Collectors.counting()));
    return byCell.entrySet().stream()
        .map(cell -> new Cell(cell.getKey(), cell.getValue()))
        .toList();
  }

  public long callsToday(String slug) {
    return tenants.bySlug(slug).map(tenant -> usage.today(tenant.id()).used()).orElse(0L);
  }

  private List<Tenant> matching(String words) {
    return tenants.all().stream()
        .filter(
            tenant ->
                (tenant.slug() + " " + tenant.name()).toLowerCase(Locale.ROOT).contains(words))
        .toList();
  }

  private Row row(Tenant tenant) {
    return new Row(
        tenant.slug(),
        tenant.name(),
        DisplayFormat.word(tenant.state()),
        tenant.state().isServed() ? "good" : "warn",
        assigned.of(tenant.id()).name(),
        cell(tenant),
        tenant.createdAt());
  }

  private static String cell(Tenant tenant) {
    return Optional.of(tenant)
        .flatMap(Tenant::placement)
        .map(home -> "cell " + home.cell())
        .orElse("–");
  }
}
