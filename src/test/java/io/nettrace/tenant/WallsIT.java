package io.nettrace.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nettrace.platform.Actor;
import io.nettrace.platform.AuditEntry;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseException;
import io.nettrace.platform.Tx;
import io.nettrace.testing.Actors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Attacks on the walls between tenants, on a real PostgreSQL. Every one must fail. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WallsIT {
  private static final String SECRET = "only for the first";

  /** Who is at work on a connection, and whose table a bare name means. */
  private static final String STATE =
      """
      select current_user || ' ' || coalesce(
        (select relnamespace::regnamespace::text from pg_class where oid = to_regclass('marks')),
        'none')
      """;

  private final TenantKit kit =
      new TenantKit(
          io.nettrace.testing.SharedPostgres.migratedOwnedUrl(),
          Map.of("nettrace.tenant.cell-connections", "1", "nettrace.tenant.spare-schemas", "0"),
          java.time.Clock.systemUTC());
  private final Tenant victim = kit.tenant("first");
  private final Tenant attacker = kit.tenant("second");

  @BeforeAll
  void secret() {
    kit.mark(victim, SECRET);
  }

  @AfterAll
  void close() {
    kit.close();
  }

  @Test
  void eachTenantReadsItsOwn() {
    assertThat(kit.marks(victim)).containsExactly(SECRET);
    assertThat(kit.marks(attacker)).isEmpty();
  }

  @Test
  void aWrongPathAloneReadsNothing() {
    refused(
        attacker,
        tx -> {
          execute(tx.connection(), "set local search_path = " + victim.home().schema());
          return read(tx.connection(), "select mark from marks");
        });
  }

  @Test
  void aQualifiedNameReadsNothing() {
    refused(
        attacker,
        tx -> read(tx.connection(), "select mark from " + victim.home().schema() + ".marks"));
    refused(
        attacker,
        tx ->
            execute(
                tx.connection(), "insert into " + victim.home().schema() + ".marks values ('in')"));
  }

  @Test
  void withoutARoleTheLoginReadsNothing() {
    Database bare = kit.cells.database(attacker.home().cell());
    assertThatThrownBy(() -> bare.run(c -> read(c, "select mark from marks")))
        .isInstanceOf(DatabaseException.class);
    for (Tenant tenant : List.of(victim, attacker)) {
      assertThatThrownBy(
              () -> bare.run(c -> read(c, "select mark from " + tenant.home().schema() + ".marks")))
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void resetRoleEndsWithNothing() {
    refused(
        attacker,
        tx -> {
          execute(tx.connection(), "reset role");
          return read(tx.connection(), "select mark from " + victim.home().schema() + ".marks");
        });
    refused(
        attacker,
        tx -> {
          execute(tx.connection(), "reset role");
          return read(tx.connection(), "select mark from marks");
        });
  }

  @Test
  void tablesOfThePlatformCannotBeRead() {
    refused(attacker, tx -> read(tx.connection(), "select slug from platform.tenants"));
    refused(attacker, tx -> read(tx.connection(), "select hash::text from platform.api_keys"));
  }

  @Test
  void whatATenantPublishesIsItsOwnWhateverItSays() {
    boolean _ =
        kit.walls.transaction(
            attacker,
            tx -> {
              tx.audit(new Actor.Operator(), AuditEntry.of(() -> "target.tried", victim.id(), "x"));
              return true;
            });

    assertThat(
            kit.database.<List<String>>run(
                c ->
                    read(
                        c,
                        "select tenant_id::text from events.events where type = 'target.tried'")))
        .containsExactly(attacker.id().toString());
  }

  @Test
  void aTenantPublishesNothingOfThePlatforms() {
    for (String type : List.of("tenant.suspended", "apikey.revoked", "quota.reached", "walls")) {
      refused(
          attacker,
          tx -> {
            tx.audit(new Actor.Operator(), AuditEntry.of(() -> type, attacker.id(), "x"));
            return true;
          });
    }
  }

  @Test
  void aTenantWhoseSchemaWasClaimedByAnEarlierReleasePublishesToo() {
    Tenant third = kit.tenant("claimed-early");
    int _ =
        kit.database.run(
            io.nettrace.platform.Sql.of("delete from events.owners where tenant_id = :id")
                    .bind("id", third.id())
                ::update);
    boolean _ =
        kit.walls.transaction(
            third,
            tx -> {
              tx.audit(new Actor.Operator(), AuditEntry.of(() -> "target.kept", third.id(), "x"));
              return true;
            });

    assertThat(
            kit.database.<List<String>>run(
                c ->
                    read(
                        c, "select tenant_id::text from events.events where type = 'target.kept'")))
        .containsExactly(third.id().toString());
  }

  @Test
  void eventsAreWrittenByTheirFunctionOnly() {
    refused(attacker, tx -> read(tx.connection(), "select subject from events.events"));
    refused(attacker, tx -> read(tx.connection(), "select role from events.owners"));
    refused(attacker, tx -> read(tx.connection(), "select reason from events.dead_letters"));
    refused(
        attacker,
        tx ->
            execute(
                tx.connection(),
                "insert into events.events (type, version, subject, actor, body, brief)"
                    + " values ('a', 1, 'b', 'c', '{}', false)"));
    refused(attacker, tx -> execute(tx.connection(), "delete from events.events"));
    refused(
        attacker,
        tx -> {
          execute(tx.connection(), "reset role");
          return read(
              tx.connection(),
              "select events.publish(null, 'target.a', 1, 'b', 'c', '{}', false)::text");
        });
  }

  @Test
  void theCatalogueIsReadOnly() {
    assertThat(
            kit.walls.<List<String>>transaction(
                attacker, tx -> read(tx.connection(), "select target_id from catalog.series")))
        .isEmpty();
    refused(attacker, tx -> execute(tx.connection(), "delete from catalog.series"));
    refused(attacker, tx -> execute(tx.connection(), "create table catalog.mine (a int)"));
  }

  @Test
  void aTenantCannotChangeItsOwnTables() {
    refused(attacker, tx -> execute(tx.connection(), "drop table marks"));
    refused(attacker, tx -> execute(tx.connection(), "create table more (a int)"));
    assertThat(
            kit.walls.<Boolean>transaction(
                attacker, tx -> execute(tx.connection(), "grant select on marks to public")))
        .as("PostgreSQL warns that nothing was granted")
        .isFalse();
    assertThat(
            kit.database.run(
                Sql.list(
                    "select relacl::text from pg_class where relname = 'marks' and relacl::text"
                        + " like '%,=%'")))
        .isEmpty();
  }

  @Test
  void aTenantCannotMakeRolesOrTakeOnTheOwner() {
    refused(attacker, tx -> execute(tx.connection(), "create role intruder superuser"));
    String owner =
        kit.database.run(Sql.list("select owner_role from platform.installation")).getFirst();
    refused(attacker, tx -> execute(tx.connection(), "set local role " + owner));
    refused(
        attacker,
        tx -> {
          execute(tx.connection(), "reset role");
          return execute(tx.connection(), "set local role " + owner);
        });
  }

  @Test
  void anInjectedRoleOfAnotherCellIsRefused() {
    Tenant alone = kit.tenants.isolate(Actors.TEST, kit.tenant("third").id()).orElseThrow();
    assertThat(alone.home().cell()).isNotEqualTo(attacker.home().cell());
    kit.mark(alone, "alone");
    assertThat(kit.marks(alone)).containsExactly("alone");
    for (String injected :
        List.of(
            "set local role " + alone.home().role(),
            "select set_config('role', '" + alone.home().role() + "', true)",
            "set session authorization " + alone.home().role())) {
      refused(attacker, tx -> execute(tx.connection(), injected));
    }
  }

  @Test
  void whoeverStillThinksATenantIsInItsOldCellFindsIt() {
    Tenant before = kit.tenant("moving");
    kit.mark(before, "moved with it");
    Tenant after = kit.tenants.isolate(Actors.TEST, before.id()).orElseThrow();
    assertThat(after.home().cell()).isNotEqualTo(before.home().cell());
    assertThat(kit.marks(before)).containsExactly("moved with it");
  }

  @Test
  void aConnectionThatIsUsedAgainRemembersNobody() {
    assertThat(kit.marks(victim)).containsExactly(SECRET);
    Database same = kit.cells.database(victim.home().cell()); // its pool holds one connection
    assertThat(same.run(Sql.list(STATE)))
        .allMatch(state -> state.startsWith("nettrace_cell_") && state.endsWith(" none"));
    assertThatThrownBy(
            () ->
                kit.walls.transaction(
                    victim,
                    tx -> {
                      throw new SQLException("in the middle", "XX000");
                    }))
        .isInstanceOf(DatabaseException.class);
    assertThat(same.run(Sql.list("select current_user::text")))
        .allMatch(user -> user.startsWith("nettrace_cell_"));
  }

  @Test
  void aLoneReadStandsBehindBothWallsAndLeavesNothing() {
    Database same = kit.cells.database(victim.home().cell()); // its pool holds one connection
    for (int i = 0; i < 20; i++) { // as often as it takes until the plan is kept
      assertThat(loneRead(victim, "select mark from marks")).containsExactly(SECRET);
      assertThat(loneRead(attacker, "select mark from marks")).isEmpty();
      assertThat(loneRead(attacker, STATE))
          .containsExactly(attacker.home().role() + " " + attacker.home().schema());
      assertThat(same.run(Sql.list(STATE)))
          .allMatch(state -> state.startsWith("nettrace_cell_") && state.endsWith(" none"));
    }
  }

  @Test
  void aLoneReadOfAnotherTenantIsRefused() {
    Database same = kit.cells.database(victim.home().cell());
    for (String attack :
        List.of(
            "select mark from " + victim.home().schema() + ".marks",
            "select slug from platform.tenants",
            "select 1 / 0")) {
      assertThatThrownBy(() -> loneRead(attacker, attack)).isInstanceOf(RuntimeException.class);
      assertThat(same.run(Sql.list(STATE)))
          .allMatch(state -> state.startsWith("nettrace_cell_") && state.endsWith(" none"));
    }
  }

  @Test
  void aLoneReadFindsATenantThatWasMoved() {
    Tenant before = kit.tenant("moving-too");
    kit.mark(before, "moved with it");
    assertThat(kit.tenants.isolate(Actors.TEST, before.id())).isPresent();
    assertThat(loneRead(before, "select mark from marks")).containsExactly("moved with it");
  }

  @Test
  void aTemporaryTableThatStayedHidesNothing() {
    left(
        "create temporary table marks (mark text);"
            + "insert into pg_temp.marks values ('planted');"
            + "grant all on pg_temp.marks to public");
  }

  @Test
  void aPathThatStayedIsNotUsed() {
    left("set search_path = pg_temp, " + attacker.home().schema());
  }

  /** Something the attacker left on the one connection that both have, and how it is used then. */
  private void left(String statements) {
    int cell = victim.home().cell();
    assertThat(attacker.home().cell()).isEqualTo(cell);
    boolean _ = kit.walls.transaction(attacker, tx -> execute(tx.connection(), statements));
    assertThat(kit.marks(victim)).containsExactly(SECRET);
    assertThat(loneRead(victim, "select mark from marks")).containsExactly(SECRET);
    assertThat(kit.marks(attacker)).isEmpty();
    kit.cells.close(cell); // and the connection with it
  }

  @Test
  void aCachedPlanOfAnotherTenantIsNotUsed() {
    for (int i = 0; i < 20; i++) {
      assertThat(kit.marks(victim)).containsExactly(SECRET);
      assertThat(kit.marks(attacker)).isEmpty();
    }
  }

  @Test
  void textOfAUserIsAValueAndNoStatement() {
    String text = "'); set local role " + victim.home().role() + "; select ('";
    assertThat(
            kit.walls.<List<String>>transaction(
                attacker, Sql.list("select mark from marks where mark = ?", text)))
        .isEmpty();
    assertThat(
            kit.walls.<List<String>>transaction(
                attacker, Sql.list("select current_user where ? <> ''", text)))
        .containsExactly(attacker.home().role());
  }

  @Test
  void twoCanariesFindNoHole() {
    Tenant first = kit.tenants.isolate(Actors.TEST, kit.tenant("canary-a").id()).orElseThrow();
    Tenant second = kit.tenants.isolate(Actors.TEST, kit.tenant("canary-b").id()).orElseThrow();
    kit.mark(first, "the first canary's");
    assertThat(new CanaryAttacks(kit.walls, kit.cells).attack(second, first))
        .allMatch(result -> result.outcome() instanceof CanaryAttacks.Outcome.Withstood)
        .hasSizeGreaterThan(8);
  }

  /** What a login of its own is for; and proof that the canaries would notice a hole. */
  @Test
  void inASharedCellOnlyAnInjectedRoleGetsThroughAndTheCanariesNotice() {
    assertThat(victim.home().cell()).isEqualTo(attacker.home().cell());
    assertThat(new CanaryAttacks(kit.walls, kit.cells).attack(attacker, victim))
        .filteredOn(result -> result.outcome() instanceof CanaryAttacks.Outcome.Breached)
        .extracting(CanaryAttacks.Result::attack)
        .containsExactlyInAnyOrder("SET ROLE in injected text", "set_config in injected text");
  }

  @Test
  void aTenantWithoutASchemaHasNoConnection() {
    Tenant pending =
        kit.database
            .transaction(
                tx ->
                    kit.tenants.reserve(
                        Actors.TEST,
                        tx,
                        "pending-one",
                        "Pending",
                        java.time.Instant.now().plusSeconds(60)))
            .orElseThrow();
    assertThatThrownBy(() -> kit.marks(pending)).isInstanceOf(IllegalStateException.class);
    assertThat(kit.tenants.find(UUID.randomUUID())).isEmpty();
  }

  private void refused(Tenant tenant, Tx.Work<?> attack) {
    assertThatThrownBy(() -> kit.walls.transaction(tenant, attack))
        .isInstanceOf(DatabaseException.class);
    assertThat(kit.marks(victim)).containsExactly(SECRET);
  }

  private List<String> loneRead(Tenant tenant, String sql) {
    return kit.walls.read(tenant, io.nettrace.platform.Sql.of(sql), row -> row.getString(1));
  }

  private static boolean execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.execute(sql);
    }
  }

  private static List<String> read(Connection connection, String sql) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql);
        ResultSet row = query.executeQuery()) {
      java.util.ArrayList<String> found = new java.util.ArrayList<>();
      while (row.next()) {
        found.add(row.getString(1));
      }
      return found;
    }
  }
}
