package io.nettrace.scan;

import io.nettrace.platform.Actor;
import io.nettrace.platform.AuditEntry;
import io.nettrace.platform.Columns;
import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.platform.Tx;
import io.nettrace.tenant.TenantData;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The vantage points of the installation, as operators register them. */
@Service
public class VantagePointRegister implements TenantData {
  private static final String COLUMNS =
      "select name, simulated, tenant_id, policy, first_seen, mode from platform.vantage_points ";
  private static final Sql ALL = Sql.of(COLUMNS + "order by name");
  private static final Sql ONE = Sql.of(COLUMNS + "where name = :name");
  private static final Sql REGISTER =
      Sql.of(
          """
          insert into platform.vantage_points
            (name, simulated, mode, assignment_digest, assignment_revision, first_seen, last_seen,
             tenant_id, policy)
          values (:name, :simulated, 'UNKNOWN', '', extract(epoch from now())::bigint, :now, :now,
            :tenant_id, :policy)
          on conflict do nothing
          """);
  private static final Sql CHANGE =
      Sql.of(
          """
          update platform.vantage_points set policy = :policy
          where name = :name and tenant_id = :tenant_id and policy <> :policy
          """);

  private static final List<Sql> FORGET =
      List.of(
          forget("platform.scanner_credentials"),
          forget("platform.trace_requests"),
          forget("platform.slices"),
          forget("platform.scanners"),
          forget("platform.deliveries"),
          Sql.of("delete from platform.vantage_points where tenant_id = :tenant_id"));

  private final Database database;
  private final Clock clock;

  /**
   * One of them.
   *
   * @param knownSince when it was registered, or introduced itself
   * @param hasSpoken whether a scanner ever said hello for it
   */
  public record Entry(RegisteredVantagePoint place, Instant knownSince, boolean hasSpoken) {}

  @Inject
  public VantagePointRegister(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** By name. */
  public List<Entry> list() {
    return database.run(connection -> ALL.all(connection, VantagePointRegister::entry));
  }

  public Optional<Entry> find(String name) {
    return database.run(
        connection -> ONE.bind("name", name).first(connection, VantagePointRegister::entry));
  }

  /** Adds one for which no scanner has spoken yet; false when the name is taken. */
  public boolean register(Actor by, RegisteredVantagePoint place) {
    return database.transaction(tx -> register(by, tx, place));
  }

  boolean register(Actor by, Tx tx, RegisteredVantagePoint place) throws SQLException {
    VantagePoint point = place.vantagePoint();
    if (!VantagePoint.isName(point.name())) {
      throw new IllegalArgumentException("no name of a vantage point: " + point.name());
    }
    Instant now = clock.instant();
    boolean isNew =
        REGISTER
                .bind("name", point.name())
                .bind("simulated", point.simulated())
                .bind("now", now)
                .bind("tenant_id", place.policy().owner())
                .bind("policy", place.policy().kind())
                .update(tx.connection())
            == 1;
    if (isNew) {
      tx.audit(by, entry(VantagePointAct.REGISTERED, place).with("simulated", point.simulated()));
    }
    return isNew;
  }

  /**
   * Changes what a tenant's vantage point measures; its scanners hear of it with their next
   * message. False when that tenant has no vantage point of this name. To be what it is already
   * changes nothing.
   */
  public boolean change(Actor by, String name, AssignmentPolicy.OfTenant policy) {
    return database.transaction(
        tx -> {
          Connection transaction = tx.connection();
          Optional<RegisteredVantagePoint> known = RegisteredVantagePoint.find(transaction, name);
          if (known.filter(one -> one.policy().owner().equals(policy.owner())).isEmpty()) {
            return false;
          }
          int changed =
              CHANGE
                  .bind("name", name)
                  .bind("tenant_id", policy.tenantId())
                  .bind("policy", policy.kind())
                  .update(transaction);
          if (changed == 1) {
            tx.audit(
                by,
                entry(
                    VantagePointAct.POLICY_CHANGED,
                    new RegisteredVantagePoint(known.get().vantagePoint(), policy)));
          }
          return true;
        });
  }

  @Override
  public List<Part> parts() {
    return List.of(
        new Part(
            "vantage-points",
            """
            select name, simulated, policy, first_seen from platform.vantage_points
            where tenant_id = :tenant_id order by name
            """));
  }

  @Override
  public void forget(Tx tx, UUID tenantId) throws SQLException {
    for (Sql one : FORGET) {
      int _ = one.bind("tenant_id", tenantId).update(tx.connection());
    }
  }

  /** Rows of a table that belong to a tenant's vantage points. */
  private static Sql forget(String table) {
    return Sql.of(
        "delete from "
            + table
            + " where vantage_point in"
            + " (select name from platform.vantage_points where tenant_id = :tenant_id)");
  }

  private static AuditEntry entry(VantagePointAct act, RegisteredVantagePoint place) {
    return new AuditEntry(act, place.policy().owner(), place.vantagePoint().name(), Map.of())
        .with("policy", place.policy().kind());
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        RegisteredVantagePoint.of(row),
        Columns.time(row, "first_seen"),
        !row.getString("mode").equals("UNKNOWN"));
  }
}
