package io.nettrace.edge.portal.record;

import io.nettrace.edge.portal.Json;
import io.nettrace.platform.Service;
import io.nettrace.scan.VantagePoint;
import io.nettrace.tenant.Tenant;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Tells open overviews which rows changed. Once a second the rows of each audience are made anew,
 * once for all who see the same, and only those that differ are sent; nothing is done while nobody
 * listens. An audience's own targets are looked at every few seconds, since they cost a query.
 */
@Service
public class LiveRows {
  /** How long one connection lasts. */
  static final Duration LONGEST = Duration.ofMinutes(10);

  private static final Logger LOG = System.getLogger(LiveRows.class.getName());
  private static final int MOST_LISTENERS = 2_000;
  private static final int OWN_EVERY_TICKS = 5;
  private static final int BEAT_EVERY_TICKS = 15;
  private static final byte[] BEAT = ": still here\n\n".getBytes(StandardCharsets.UTF_8);

  private final Board board;
  private final Map<Listener, Audience> listeners = new ConcurrentHashMap<>();
  private final Map<Audience, Map<String, Row>> known = new HashMap<>();
  private final ScheduledExecutorService clockwork =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("nettrace-live").factory());
  private long tick;

  /** Who sees the same rows: those of one tenant (or of none) who look from one point. */
  private record Audience(Optional<UUID> tenantId, Optional<String> from) {}

  @Inject
  LiveRows(Board board) {
    this.board = board;
    var _ = clockwork.scheduleWithFixedDelay(this::tell, 1, 1, TimeUnit.SECONDS);
  }

  boolean isFull() {
    return listeners.size() >= MOST_LISTENERS;
  }

  void add(Listener listener, Optional<String> from) {
    listeners.put(listener, new Audience(listener.tenant().map(Tenant::id), from));
    // the page has what was known when it was made; the next second brings what changed since
    listener.begin("retry: 3000\n\n".getBytes(StandardCharsets.UTF_8));
  }

  void remove(Listener listener) {
    listeners.remove(listener);
  }

  private void tell() {
    try {
      tick++;
      Map<Audience, List<Listener>> byAudience = new HashMap<>();
      listeners.forEach(
          (listener, audience) ->
              byAudience.computeIfAbsent(audience, _ -> new ArrayList<>()).add(listener));
      known.keySet().retainAll(byAudience.keySet());
      byAudience.forEach(this::tell);
    } catch (RuntimeException e) {
      // the database may be away; the next second tries again
      LOG.log(Level.DEBUG, "open overviews were not told", e);
    }
  }

  private void tell(Audience audience, List<Listener> all) {
    Map<String, Row> before = known.getOrDefault(audience, Map.of());
    Map<String, Row> rows = rows(audience, all.getFirst().tenant(), before);
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
    Optional<VantagePoint> from = board.from(audience.from());
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
    Map<String, Long> totals = new LinkedHashMap<>();
    totals.put("answering", count(all, "good"));
    totals.put("troubled", count(all, "bad") + count(all, "warn"));
    return "event: rows\ndata: %s\n\nevent: totals\ndata: %s\n\n"
        .formatted(Json.of(rows), Json.of(totals))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static long count(Map<String, Row> rows, String mood) {
    return rows.values().stream().filter(row -> row.mood().equals(mood)).count();
  }

  @PreDestroy
  void stop() {
    clockwork.shutdownNow();
    listeners.keySet().forEach(Listener::end);
  }
}
