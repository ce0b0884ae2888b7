package io.nettrace.tenant;

import io.nettrace.platform.Actor;
import io.nettrace.platform.AuditEntry;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import io.nettrace.platform.Signals;
import io.nettrace.platform.Sql;
import io.nettrace.platform.StartPhase;
import io.nettrace.platform.Tx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The table platform.tenant_settings, kept in memory: asking costs nothing, and a change made on
 * any node is known to all within a second.
 */
@Service
public class TenantSettings implements TenantData {
  private static final String TOPIC = "tenant-settings";
  private static final String SELECT =
      """
      select tenant_id, vantage_point, origins, version, changed_at, changed_by
      from platform.tenant_settings
      """;
  private static final Sql OF_TENANT = Sql.of(SELECT + " where tenant_id = :tenant_id");

  /** Nothing happens when another change was faster. */
  private static final Sql PUT =
      Sql.of(
          """
          insert into platform.tenant_settings as s
            (tenant_id, vantage_point, origins, version, changed_at, changed_by)
          values (:tenant_id, :vantage_point, :origins, :version, :changed_at, :changed_by)
          on conflict (tenant_id) do update set
            vantage_point = excluded.vantage_point, origins = excluded.origins,
            version = excluded.version, changed_at = excluded.changed_at,
            changed_by = excluded.changed_by
          where s.version = excluded.version - 1
          """);

  private final Database database;
  private final Signals signals;
  private final Clock clock;
  private volatile Map<UUID, ReaderSettings> byTenant = Map.of();
  private volatile Set<String> origins = Set.of();

  private record Row(UUID tenantId, ReaderSettings settings) {}

  @Inject
  public TenantSettings(Database database, Signals signals, Clock clock) {
    this.database = database;
    this.signals = signals;
    this.clock = clock;
  }

  void begin(@Observes @Priority(StartPhase.CACHES) DatabaseReady ready) {
    load();
    signals.subscribe(TOPIC, id -> read(UUID.fromString(id)), this::load);
  }

  public ReaderSettings of(UUID tenantId) {
    return byTenant.getOrDefault(tenantId, ReaderSettings.UNSET);
  }

  /** Whether any tenant lists this origin; whose it is remains unsaid. */
  public boolean isListed(String origin) {
    return origins.contains(origin);
  }

  /**
   * Replaces what a tenant has, here at once and on the other nodes within a second. Whether the
   * vantage point exists is the caller's to check.
   *
   * @param origins as {@link AllowedOrigins} has read them
   * @param version the one that was changed; empty when it does not matter
   * @param shownBy who changes it, as the tenant's people are told: an e-mail address, or the part
   *     of the program
   * @return what holds now; empty, and nothing changes, when another change was faster
   */
  public Optional<ReaderSettings> put(
      Actor by,
      UUID tenantId,
      Optional<String> vantagePoint,
      AllowedOrigins.Good origins,
      OptionalInt version,
      String shownBy) {
    boolean put =
        database.transaction(
            tx -> {
              tx.afterCommit(() -> read(tenantId));
              Optional<ReaderSettings> kept =
                  OF_TENANT
                      .bind("tenant_id", tenantId)
                      .first(tx.connection(), TenantSettings::row)
                      .map(Row::settings);
              int present = kept.map(ReaderSettings::version).orElse(0);
              if (version.isPresent() && version.getAsInt() != present) {
                return false;
              }
              if (kept.filter(have -> have.has(vantagePoint, origins.origins())).isPresent()) {
                return true; // as it is: no node has to hear of it
              }
              boolean done =
                  PUT.bind("tenant_id", tenantId)
                          .bind("vantage_point", vantagePoint)
                          .bindArray("origins", "text", origins.origins())
                          .bind("version", present + 1)
                          .bind("changed_at", clock.instant())
                          .bind("changed_by", shownBy)
                          .update(tx.connection())
                      == 1;
              if (done) {
                tx.audit(
                    by,
                    AuditEntry.of(TenantAct.SETTINGS_CHANGED, tenantId, tenantId.toString())
                        .with("vantage_point", vantagePoint.orElse(""))
                        .with("origins", String.join(" ", origins.origins()))
                        .with("version", present + 1));
              }
              signals.publish(tx, TOPIC, tenantId.toString());
              return done;
            });
    return put ? Optional.of(of(tenantId)) : Optional.empty();
  }

  @Override
  public List<Part> parts() {
    return List.of(
        new Part(
            "settings",
            "select vantage_point, origins, version, changed_at, changed_by from"
                + " platform.tenant_settings where tenant_id = :tenant_id"));
  }

  @Override
  public void forget(Tx tx, UUID tenantId) throws SQLException {
    int _ =
        Sql.of("delete from platform.tenant_settings where tenant_id = :tenant_id")
            .bind("tenant_id", tenantId)
            .update(tx.connection());
    signals.publish(tx, TOPIC, tenantId.toString());
  }

  private synchronized void load() {
    take(
        database.run(connection -> Sql.of(SELECT).all(connection, TenantSettings::row)).stream()
            .collect(Collectors.toMap(Row::tenantId, Row::settings)));
  }

  /** One at a time, so that what is read later is also taken up later. */
  private synchronized void read(UUID tenantId) {
    Map<UUID, ReaderSettings> all = new HashMap<>(byTenant);
    all.remove(tenantId);
    database
        .run(
            connection ->
                OF_TENANT.bind("tenant_id", tenantId).first(connection, TenantSettings::row))
        .ifPresent(row -> all.put(tenantId, row.settings()));
    take(all);
  }

  private void take(Map<UUID, ReaderSettings> all) {
    byTenant = Map.copyOf(all);
    origins =
        all.values().stream()
            .flatMap(settings -> settings.origins().stream())
            .collect(Collectors.toUnmodifiableSet());
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getObject("tenant_id", UUID.class),
        new ReaderSettings(
            Optional.ofNullable(row.getString("vantage_point")),
            Arrays.asList((String[]) row.getArray("origins").getArray()),
            row.getInt("version"),
            Optional.of(
                new ReaderSettings.Change(
                    row.getObject("changed_at", OffsetDateTime.class).toInstant(),
                    row.getString("changed_by")))));
  }
}
