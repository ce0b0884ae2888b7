package io.nettrace.tenant;

import io.nettrace.platform.Actor;
import io.nettrace.platform.AuditEntry;
import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import io.nettrace.platform.Signals;
import io.nettrace.platform.StartPhase;
import io.nettrace.platform.TimeOrderedId;
import io.nettrace.platform.Tx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Who there is, and where in its life each one is. Finding one looks at memory only; a change made
 * on any node is seen on all within a second.
 */
@Service
public class Tenants {
  private static final String TOPIC = "tenant";
  private static final Set<TenantAct> WITHIN_A_STATE =
      Set.of(TenantAct.RENAMED, TenantAct.ISOLATED);
  private static final Duration FORGET_EVERY = Duration.ofMinutes(1);

  private final Database database;
  private final TenantSchemas schemas;
  private final Signals signals;
  private final Chores chores;
  private final Event<TenantChanged> changed;
  private final TenantConfig config;
  private final Clock clock;
  private final Map<UUID, Tenant> byId = new ConcurrentHashMap<>();
  private final Map<String, UUID> bySlug = new ConcurrentHashMap<>();

  @Inject
  Tenants(
      Database database,
      TenantSchemas schemas,
      Signals signals,
      Chores chores,
      Event<TenantChanged> changed,
      TenantConfig config,
      Clock clock) {
    this.database = database;
    this.schemas = schemas;
    this.signals = signals;
    this.chores = chores;
    this.changed = changed;
    this.config = config;
    this.clock = clock;
  }

  void begin(@Observes @Priority(StartPhase.TENANTS) DatabaseReady ready) {
    load();
    signals.subscribe(TOPIC, id -> refresh(UUID.fromString(id)), this::load);
    chores.every(FORGET_EVERY, "forgetting sign-ups that nobody confirmed", this::forgetPending);
  }

  /** A tenant in any state. */
  public Optional<Tenant> find(UUID id) {
    return Optional.ofNullable(byId.get(id));
  }

  public Optional<Tenant> bySlug(String slug) {
    return Optional.ofNullable(bySlug.get(slug.toLowerCase(Locale.ROOT))).flatMap(this::find);
  }

  /** Every tenant that is not deleted, by slug. */
  public List<Tenant> all() {
    return byId.values().stream()
        .filter(tenant -> tenant.state() != TenantState.DELETED)
        .sorted(Comparator.comparing(Tenant::slug))
        .toList();
  }

  /** Whether somebody new may have this slug now. */
  public SlugVerdict check(String slug) {
    SlugVerdict verdict = Slug.check(slug);
    return verdict instanceof SlugVerdict.Free
            && database.run(c -> TenantStore.isTaken(c, slug, clock.instant()))
        ? new SlugVerdict.Taken()
        : verdict;
  }

  /**
   * Keeps a slug for a sign-up until {@code until}, in the caller's transaction; empty when another
   * sign-up was faster. Slugs whose time is over are free at once.
   */
  public Optional<Tenant> reserve(Actor by, Tx tx, String slug, String name, Instant until)
      throws SQLException {
    Instant now = clock.instant();
    forgetPending(tx, now);
    Tenant tenant =
        new Tenant(
            TimeOrderedId.at(now),
            slug,
            name,
            TenantKind.CUSTOMER,
            TenantState.PENDING,
            Optional.empty(),
            now,
            Optional.empty());
    if (!TenantStore.insert(tx.connection(), tenant, now, Optional.of(until))) {
      return Optional.empty();
    }
    tx.audit(by, entry(TenantAct.RESERVED, tenant.id()).with("slug", slug));
    return Optional.of(tenant);
  }

  /**
   * A sign-up is confirmed: the tenant gets its schema, in the caller's transaction. Empty when it
   * was confirmed before or is forgotten.
   */
  public Optional<Tenant> activate(Actor by, Tx tx, UUID id) throws SQLException {
    if (!move(tx.connection(), id, TenantState.ACTIVE, TenantState.PENDING)) {
      return Optional.empty();
    }
    Placement _ = schemas.claim(tx.connection(), id);
    tx.audit(by, entry(TenantAct.ACTIVATED, id));
    changed(tx, id);
    return TenantStore.find(tx.connection(), id);
  }

  /** A tenant of our own, made active at once if it is not there; slug rules do not bind us. */
  public Tenant ensure(Actor by, UUID id, String slug, String name, TenantKind kind) {
    return database.transaction(
        tx -> {
          Instant now = clock.instant();
          Tenant made =
              new Tenant(
                  id,
                  slug,
                  name,
                  kind,
                  TenantState.ACTIVE,
                  Optional.empty(),
                  now,
                  Optional.empty());
          if (TenantStore.insert(tx.connection(), made, now, Optional.empty())) {
            Placement _ = schemas.claim(tx.connection(), id);
            tx.audit(by, entry(TenantAct.CREATED, id).with("slug", slug).with("kind", kind));
            announce(tx, id);
          }
          Tenant tenant =
              TenantStore.find(tx.connection(), id)
                  .orElseThrow(
                      () -> new IllegalStateException("the slug " + slug + " is another tenant's"));
          tx.afterCommit(() -> take(tenant));
          return tenant;
        });
  }

  public void rename(Actor by, UUID id, String name) {
    boolean _ =
        change(by, id, TenantAct.RENAMED, connection -> TenantStore.rename(connection, id, name));
  }

  /** An invoice is overdue. */
  public boolean pastDue(Actor by, UUID id) {
    return change(
        by,
        id,
        TenantAct.MARKED_PAST_DUE,
        connection -> move(connection, id, TenantState.PAST_DUE, TenantState.ACTIVE));
  }

  public boolean suspend(Actor by, UUID id) {
    return change(
        by,
        id,
        TenantAct.SUSPENDED,
        connection ->
            move(connection, id, TenantState.SUSPENDED, TenantState.ACTIVE, TenantState.PAST_DUE));
  }

  /** Everything is in order again. */
  public boolean resume(Actor by, UUID id) {
    return change(
        by,
        id,
        TenantAct.RESUMED,
        connection ->
            move(connection, id, TenantState.ACTIVE, TenantState.PAST_DUE, TenantState.SUSPENDED));
  }

  /** How long a deleted tenant can be brought back. */
  public Duration deletionGrace() {
    return config.deletionGrace();
  }

  /** Its data goes when the grace is over; empty when it is not in a state to be deleted. */
  public Optional<Instant> delete(Actor by, UUID id) {
    Instant due = clock.instant().plus(config.deletionGrace());
    boolean moved =
        change(
            by,
            id,
            TenantAct.DELETION_SCHEDULED,
            connection ->
                TenantStore.move(
                    connection,
                    id,
                    List.of(TenantState.ACTIVE, TenantState.PAST_DUE, TenantState.SUSPENDED),
                    TenantState.DELETING,
                    clock.instant(),
                    Optional.of(due)));
    return moved ? Optional.of(due) : Optional.empty();
  }

  /** Brings back one that is being deleted. */
  public boolean restore(Actor by, UUID id) {
    return change(
        by,
        id,
        TenantAct.RESTORED,
        connection -> move(connection, id, TenantState.ACTIVE, TenantState.DELETING));
  }

  /**
   * Gives the tenant a database login of its own, which no other tenant shares; nothing happens
   * when it has one. Empty when there is no such tenant or it has no schema.
   */
  public Optional<Tenant> isolate(Actor by, UUID id) {
    Optional<Placement> before = find(id).flatMap(Tenant::placement);
    if (before.isEmpty()) {
      return Optional.empty();
    }
    boolean _ = change(by, id, TenantAct.ISOLATED, connection -> schemas.isolate(connection, id));
    return find(id);
  }

  /** Tells all nodes, in the transaction that changed the tenant; this one knows it at its end. */
  void changed(Tx tx, UUID id) throws SQLException {
    announce(tx, id);
    tx.afterCommit(
        () -> {
          Optional<Tenant> _ = refresh(id);
        });
  }

  private void announce(Tx tx, UUID id) throws SQLException {
    signals.publish(tx, TOPIC, id.toString());
  }

  /** Reads one anew, so that this node knows at once what it did itself. */
  public Optional<Tenant> refresh(UUID id) {
    Optional<Tenant> found = database.run(connection -> TenantStore.find(connection, id));
    found.ifPresentOrElse(this::take, () -> drop(id));
    return found;
  }

  private boolean change(Actor by, UUID id, TenantAct act, Database.Work<Boolean> work) {
    return database.transaction(
        tx -> {
          Optional<Tenant> before = TenantStore.find(tx.connection(), id);
          boolean done = work.run(tx.connection());
          if (done) {
            AuditEntry entry = entry(act, id);
            tx.audit(
                by,
                WITHIN_A_STATE.contains(act)
                    ? entry
                    : entry.with("before", before.orElseThrow().state()));
            changed(tx, id);
          }
          return done;
        });
  }

  private static AuditEntry entry(TenantAct act, UUID id) {
    return AuditEntry.of(act, id, id.toString());
  }

  private boolean move(Connection connection, UUID id, TenantState to, TenantState... from)
      throws SQLException {
    return TenantStore.move(connection, id, List.of(from), to, clock.instant(), Optional.empty());
  }

  private void load() {
    Map<UUID, Tenant> all =
        database.run(TenantStore::all).stream()
            .collect(Collectors.toMap(Tenant::id, tenant -> tenant));
    byId.keySet().stream().filter(id -> !all.containsKey(id)).toList().forEach(this::drop);
    all.values().forEach(this::take);
  }

  private void take(Tenant tenant) {
    Tenant before = byId.put(tenant.id(), tenant);
    if (tenant.equals(before)) {
      return;
    }
    if (before != null) {
      bySlug.remove(before.slug());
    }
    bySlug.put(tenant.slug(), tenant.id());
    changed.fire(new TenantChanged(tenant));
  }

  private void drop(UUID id) {
    Tenant before = byId.remove(id);
    if (before != null) {
      bySlug.remove(before.slug());
    }
  }

  private void forgetPending() {
    database.transaction(
        tx -> {
          forgetPending(tx, clock.instant());
          return true;
        });
  }

  private void forgetPending(Tx tx, Instant now) throws SQLException {
    for (UUID id : TenantStore.forgetPending(tx.connection(), now)) {
      announce(tx, id);
      tx.afterCommit(() -> drop(id));
    }
  }
}
