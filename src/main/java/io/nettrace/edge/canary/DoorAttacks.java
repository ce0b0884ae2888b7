package io.nettrace.edge.canary;

import io.nettrace.catalog.WatchList;
import io.nettrace.catalog.WatchLists;
import io.nettrace.onboarding.PlanChanges;
import io.nettrace.plan.Plans;
import io.nettrace.plan.TenantPlans;
import io.nettrace.platform.Actor;
import io.nettrace.platform.Chores;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import io.nettrace.tenant.Canaries;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.Tenants;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every minute the second canary asks the running API for what is the first one's: with its ids,
 * its validators, its cursors, and by pretending to be it.
 */
@Service
public class DoorAttacks {
  private static final Logger LOG = System.getLogger(DoorAttacks.class.getName());
  static final Actor CANARY = new Actor.System("canary");
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final Pattern CURSOR = Pattern.compile("\"next_cursor\":\"([^\"]+)\"");
  private static final String LISTS = "/api/v1/watch-lists";
  private static final String PLAN = "enterprise-pro";

  private final CanaryConfig config;
  private final CanaryKeys keys;
  private final Canaries canaries;
  private final Tenants tenants;
  private final TenantPlans plans;
  private final Plans catalogue;
  private final PlanChanges changes;
  private final WatchLists watchLists;
  private final Chores chores;

  @Inject
  DoorAttacks(
      CanaryConfig config,
      CanaryKeys keys,
      Canaries canaries,
      Tenants tenants,
      TenantPlans plans,
      Plans catalogue,
      PlanChanges changes,
      WatchLists watchLists,
      Chores chores) {
    this.config = config;
    this.keys = keys;
    this.canaries = canaries;
    this.tenants = tenants;
    this.plans = plans;
    this.catalogue = catalogue;
    this.changes = changes;
    this.watchLists = watchLists;
    this.chores = chores;
  }

  void begin(@Observes DatabaseReady ready) {
    config
        .root()
        .ifPresent(
            root ->
                chores.every(
                    EVERY, "canary tenants attack each other at the API", () -> attack(root)));
  }

  private void attack(URI root) {
    Optional<Tenant> first = tenants.find(Canaries.FIRST);
    Optional<Tenant> second = tenants.find(Canaries.SECOND);
    if (first.isEmpty() || second.isEmpty()) {
      return; // they are made by their first attack on the database
    }
    equip(first.get());
    equip(second.get());
    try (CanaryClient door = new CanaryClient(root)) {
      attack(door, first.get());
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the API is not attacked now: {0}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void attack(CanaryClient door, Tenant victim) throws IOException, InterruptedException {
    String own = keys.of(Canaries.FIRST);
    String foreign = keys.of(Canaries.SECOND);
    String id = lists(victim).getFirst().id().toString();
    HttpResponse<String> read = door.ask("GET", LISTS + "/" + id, own);
    if (read.statusCode() != 200) {
      LOG.log(Level.WARNING, "a canary cannot read its own list: {0}", read.statusCode());
      return;
    }
    String tag = read.headers().firstValue("ETag").orElse("");
    refused(
        "an id of another tenant in an address", door.ask("GET", LISTS + "/" + id, foreign), 404);
    refused(
        "a validator of another tenant",
        door.ask("GET", LISTS + "/" + id, foreign, "If-None-Match", tag),
        404);
    refused(
        "deleting by an id of another tenant",
        door.ask("DELETE", LISTS + "/" + id, foreign, "If-Match", "*"),
        404);
    cursor(door, own, foreign);
    unseen("a list of another tenant", door.ask("GET", LISTS, foreign), id);
    unseen(
        "pretending to be another tenant in a header",
        door.ask(
            "GET",
            LISTS,
            foreign,
            "X-Tenant",
            victim.slug(),
            "X-Tenant-Id",
            victim.id().toString()),
        id);
    refused("a key in an address", door.ask("GET", LISTS + "?key=" + own, foreign), 400);
  }

  private void cursor(CanaryClient door, String own, String foreign)
      throws IOException, InterruptedException {
    Matcher next = CURSOR.matcher(door.ask("GET", LISTS + "?limit=1", own).body());
    if (next.find()) {
      refused(
          "a cursor of another tenant",
          door.ask("GET", LISTS + "?limit=1&cursor=" + next.group(1), foreign),
          400);
    }
  }

  private void refused(String attack, HttpResponse<String> answer, int status) {
    canaries.report(attack, answer.statusCode() == status, "answered " + answer.statusCode());
  }

  private void unseen(String attack, HttpResponse<String> answer, String id) {
    canaries.report(
        attack,
        answer.statusCode() == 200 && !answer.body().contains(id),
        "answered " + answer.statusCode() + (answer.body().contains(id) ? " with its id" : ""));
  }

  /** On a plan on which there is something to attack. */
  private void equip(Tenant canary) {
    if (!plans.of(canary.id()).name().equals(PLAN)) {
      catalogue.byName(PLAN).ifPresent(plan -> changes.assign(CANARY, canary, plan));
    }
  }

  /** Two lists, so that there is a second page. */
  private List<WatchList> lists(Tenant victim) {
    for (String name : List.of("first canary's list", "its other list")) {
      if (watchLists.list(victim, Optional.empty(), 2).size() < 2) {
        var _ = watchLists.create(CANARY, victim, name, List.of());
      }
    }
    return watchLists.list(victim, Optional.empty(), 2);
  }
}
