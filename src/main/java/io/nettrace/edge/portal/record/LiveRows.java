package io.nettrace.edge.portal.record;

import io.nettrace.edge.portal.OpenRights;
import io.nettrace.edge.portal.ScriptJson;
import io.nettrace.edge.portal.Visit;
import io.nettrace.platform.Service;
import io.nettrace.platform.log.SampledLog;
import io.nettrace.scan.VantagePoint;
import io.nettrace.tenant.Tenant;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Tells open overviews which rows changed. Once a second the rows of each audience are made again,
 * once for all who see the same, and only those that differ are sent, to those who still may have
 * them; nothing is done without listeners. An audience's own targets are looked at every few
 * seconds, since they cost a query.
 */
@Service
public class LiveRows {
  /** How long one connection lasts. */
  static final Duration LONGEST = Duration.ofMinutes(10);

  private static final Duration TELL_FAILURES_EVERY = Duration.ofMinutes(1);
  private static final int MOST_LISTENERS = 1_000;
  private static final int MOST_OF_SESSION = 8;
  private static final int MOST_OF_TENANT = 100;
  private static final int MOST_OF_ADDRESS = 100;
  private static final Duration GIVES_WAY_AFTER = Duration.ofSeconds(2);
  private static final int OWN_EVERY_TICKS = 5;
  private static final int BEAT_EVERY_TICKS = 15;

  /** A page whose place another one took asks again after a while. */
  private static final byte[] LATER = "retry: 60000\n\n".getBytes(StandardCharsets.UTF_8);

  private static final byte[] BEAT = ": still here\n\n".getBytes(StandardCharsets.UTF_8);

  private final Board board;
  private final OpenRights rights;
  private final SampledLog failures;

  /** In the order in which they came. */
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  private final Map<Audience, Map<String, Row>> known = new HashMap<>();
  private final ScheduledExecutorService clockwork =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("nettrace-live").factory());
  private long tick;

  /** Who sees the same rows: those of one tenant (or of none) who look from one point. */
  private record Audience(Optional<UUID> tenantId, Optional<VantagePoint> from) {}

  /** Turns a request that is admitted into a listener. */
  interface Opening {
    Listener open() throws IOException;
  }

  @Inject
  LiveRows(Board board, OpenRights rights, Clock clock) {
    this.board = board;
    this.rights = rights;
    this.failures =
        new SampledLog(
            System.getLogger(LiveRows.class.getName()), Level.WARNING, TELL_FAILURES_EVERY, clock);
    var _ = clockwork.scheduleWithFixedDelay(this::tell, 1, 1, TimeUnit.SECONDS);
  }

  /** Whether there is such a vantage point; an invented one is no audience. */
  boolean knows(Optional<String> from) {
    return from.isEmpty()
        || board.vantagePoints().stream().anyMatch(point -> point.name().equals(from.get()));
  }

  /**
   * Opens a listener unless too many of its session, tenant or address listen already. A session's
   * oldest gives way when it is not quite new: pages that were left a moment ago still count. One
   * at a time, so that requests that come at once are counted as those that come one by one.
   */
  boolean admit(OpenRights.Held held, Opening opening) throws IOException {
    Listener listener;
    synchronized (listeners) {
      List<Listener> own =
          listeners.stream().filter(one -> one.held().token().equals(held.token())).toList();
      if (own.size() >= MOST_OF_SESSION) {
        Listener oldest = own.getFirst();
        if (oldest.ageNanos() < GIVES_WAY_AFTER.toNanos()) {
          return false;
        }
        oldest.send(LATER, LATER);
        oldest.end();
        listeners.remove(oldest);
      }
      if (!hasRoom(held)) {
        return false;
      }
      listener = opening.open();
      listeners.add(listener);
    }
    // the page has what was known when it was made; the next second brings what changed since
    listener.begin("retry: 3000\n\n".getBytes(StandardCharsets.UTF_8));
    return true;
  }

  private boolean hasRoom(OpenRights.Held held) {
    return listeners.size() < MOST_LISTENERS
        && count(one -> one.visit().tenant().equals(held.visit().tenant())) < MOST_OF_TENANT
        && count(one -> address(one).equals(address(held))) < MOST_OF_ADDRESS;
  }

  private long count(Predicate<OpenRights.Held> like) {
    return listeners.stream().map(Listener::held).filter(like).count();
  }

  private static String address(OpenRights.Held held) {
    return held.visit().from().address();
  }

  void remove(Listener listener) {
    listeners.remove(listener);
  }

  private void tell() {
    tick++;
    try {
      Map<Audience, List<Listener>> byAudience = byAudience();
      known.keySet().retainAll(byAudience.keySet());
      byAudience.forEach(this::tellOrSkip);
    } catch (RuntimeException e) {
      // rights cannot be asked while the database is away, so nothing is told
      failures.log("all", "open overviews were not told: " + e);
    }
  }

  /** Those who may still listen, by what they see; the others are cut. */
  private Map<Audience, List<Listener>> byAudience() {
    List<Listener> open = List.copyOf(listeners);
    Map<OpenRights.Held, Visit> still =
        rights.stillHeld(open.stream().map(Listener::held).toList());
    Map<Audience, List<Listener>> byAudience = new HashMap<>();
    for (Listener listener : open) {
      Visit visit = still.get(listener.held());
      if (visit == null) {
        listener.end();
        listeners.remove(listener);
      } else {
        Optional<UUID> owner =
            visit.hasOwnTargets() ? visit.tenant().map(Tenant::id) : Optional.empty();
        byAudience
            .computeIfAbsent(
                new Audience(owner, board.from(visit.tenant(), listener.from())),
                _ -> new ArrayList<>())
            .add(listener);
      }
    }
    return byAudience;
  }

  /** One audience's failure is its own. */
  private void tellOrSkip(Audience audience, List<Listener> all) {
    try {
      tell(audience, all);
    } catch (RuntimeException e) {
      failures.log("audience", "an audience of open overviews was not told: " + e);
    }
  }

  private void tell(Audience audience, List<Listener> all) {
    Map<String, Row> before = known.getOrDefault(audience, Map.of());
    Optional<Tenant> owner =
        audience.tenantId().flatMap(_ -> all.getFirst().held().visit().tenant());
    Map<String, Row> rows = rows(audience, owner, before);
    known.put(audience, rows);
    List<Row> changed =
        rows.values().stream().filter(row -> !row.equals(before.get(row.id()))).toList();
    if (!changed.isEmpty()) {
      byte[] news = events(changed, rows);
      byte[] whole = events(List.copyOf(rows.values()), rows);
      all.forEach(listener -> listener.send(news, whole));
    } else if (tick % BEAT_EVERY_TICKS == 0) {
      all.forEach(listener -> listener.send(BEAT, BEAT));
    }
  }

  private Map<String, Row> rows(
      Audience audience, Optional<Tenant> tenant, Map<String, Row> before) {
    Optional<VantagePoint> from = audience.from();
    Map<String, Row> rows = new LinkedHashMap<>();
    board.catalogue(from).forEach(target -> rows.put(target.id(), Row.of(target)));
    if (tenant.isPresent()) {
      if (before.isEmpty() || tick % OWN_EVERY_TICKS == 0) {
        board.own(tenant.get(), from).forEach(target -> rows.put(target.id(), Row.of(target)));
      } else {
        before.forEach(rows::putIfAbsent);
      }
    }
    return rows;
  }

  private static byte[] events(List<Row> rows, Map<String, Row> all) {
    return "event: rows\ndata: %s\n\nevent: totals\ndata: %s\n\n"
        .formatted(ScriptJson.of(rows), ScriptJson.of(Totals.of(all.values())))
        .getBytes(StandardCharsets.UTF_8);
  }

  @PreDestroy
  void stop() {
    clockwork.shutdownNow();
    listeners.forEach(Listener::end);
  }
}
