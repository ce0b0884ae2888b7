package io.nettrace.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nettrace.platform.DatabaseUnavailableException;
import io.nettrace.testing.Actors;
import io.nettrace.testing.SharedPostgres;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Migrations of many tenants, with one that fails, killed in the middle, and from the beginning.
 */
class FanOutIT {
  private static final Map<String, String> NO_SPARES = Map.of("nettrace.tenant.spare-schemas", "0");
  private static final List<String> ONE = List.of("create table marks (mark text primary key)");
  private static final List<String> TWO = List.of("alter table marks add column note text");
  private static final List<String> OUT_OF_MEMORY_WITH_MARKS =
      List.of(
          """
          do $$ begin
            if exists (select from marks) then
              raise exception 'no memory' using errcode = '53200';
            end if;
          end $$
          """);
  private static final String NOTES = "select count(note) from marks";

  private final String url = SharedPostgres.migratedOwnedUrl();

  @Test
  void allTenantsAreBroughtUpToDateAndOneThatFailsIsLeftBehindAlone() {
    List<Tenant> tenants = new ArrayList<>();
    try (TenantKit old = node(ONE)) {
      for (int i = 0; i < 8; i++) {
        tenants.add(old.tenant("tenant-" + i));
      }
      spoil(old, tenants.get(5), "alter table %s.marks add column note integer");
    }
    try (TenantKit kit = node(ONE, TWO)) {
      Tenant bad = tenants.get(5);
      assertThat(kit.schemas.leftBehind()).isEqualTo(1);
      tenants.stream()
          .filter(tenant -> !tenant.equals(bad))
          .forEach(
              tenant ->
                  assertThat(kit.walls.<List<String>>transaction(tenant, Sql.list(NOTES)))
                      .containsExactly("0"));
      assertThatThrownBy(() -> kit.marks(bad)).isInstanceOf(DatabaseUnavailableException.class);
      assertThat(
              kit.database.run(
                  Sql.list(
                      "select failure from platform.tenant_schemas where failure is not null")))
          .singleElement()
          .asString()
          .contains("already exists");

      spoil(kit, bad, "alter table %s.marks drop column note");
      kit.schemas.migrate();
      assertThat(kit.schemas.leftBehind()).isZero();
      assertThat(kit.marks(bad)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 4})
  void oneThatFailsAsIfTheDatabaseWereAwayStopsNoOtherWhereverItStands(int place) {
    List<Tenant> tenants = new ArrayList<>();
    try (TenantKit old = node(ONE)) {
      for (int i = 0; i < 5; i++) {
        tenants.add(old.tenant("tenant-" + i));
      }
      old.mark(tenants.get(place), "bad");
    }
    try (TenantKit kit = node(ONE, OUT_OF_MEMORY_WITH_MARKS)) {
      assertThat(kit.schemas.failures()).containsOnlyKeys(tenants.get(place).id());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void oneThatIsLockedStopsNoOtherWhereverItStands(int place) {
    List<Tenant> tenants = new ArrayList<>();
    try (TenantKit kit = node(ONE)) {
      for (int i = 0; i < 3; i++) {
        tenants.add(kit.tenant("tenant-" + i));
      }
      kit.asOwner(
          "lock table %s.marks in access exclusive mode".formatted(schema(tenants.get(place))),
          () -> {
            try (TenantKit next = node(ONE, TWO)) {
              assertThat(next.schemas.failures()).containsOnlyKeys(tenants.get(place).id());
            }
          });
    }
  }

  @Test
  void aMigrationByAnotherNodeIsSeenByAllNodes() {
    Tenant tenant;
    try (TenantKit old = node(ONE)) {
      tenant = old.tenant("tenant-one");
      spoil(old, tenant, "alter table %s.marks add column note integer");
    }
    try (TenantKit one = node(ONE, TWO);
        TenantKit other = node(ONE, TWO)) {
      assertThatThrownBy(() -> one.marks(tenant)).isInstanceOf(TenantBehindException.class);
      spoil(one, tenant, "alter table %s.marks drop column note");
      other.schemas.migrate();
      assertThat(one.marks(tenant)).isEmpty();
      assertThat(one.schemas.leftBehind()).isZero();
    }
  }

  @Test
  void aTenantThatWasMendedIsMigratedWhileAnOlderOneIsStillBroken() {
    List<Tenant> tenants = new ArrayList<>();
    try (TenantKit old = node(ONE)) {
      for (int i = 0; i < 6; i++) {
        tenants.add(old.tenant("tenant-" + i));
      }
      for (Tenant broken : tenants.subList(0, 4)) {
        spoil(old, broken, "alter table %s.marks add column note integer");
      }
    }
    try (TenantKit kit = node(ONE, TWO)) {
      // the first three were tried and failed, so that the release may be at fault
      assertThat(kit.schemas.leftBehind()).isEqualTo(6);
      kit.schemas.migrate();
      assertThat(kit.schemas.leftBehind()).isEqualTo(4);
      assertThat(kit.schemas.failures())
          .hasSize(4)
          .containsKeys(tenants.get(0).id(), tenants.get(3).id())
          .allSatisfy((_, why) -> assertThat(why).contains("already exists"));

      Tenant mended = tenants.get(2);
      spoil(kit, mended, "alter table %s.marks drop column note");
      assertThatThrownBy(() -> kit.marks(mended)).isInstanceOf(TenantBehindException.class);
      kit.schemas.migrate();
      assertThat(kit.marks(mended)).isEmpty();
      assertThat(kit.schemas.failures()).hasSize(3).doesNotContainKey(mended.id());
      assertThatThrownBy(() -> kit.marks(tenants.getFirst()))
          .isInstanceOf(TenantBehindException.class);
    }
  }

  @Test
  void whatWasDoneBeforeAKillIsNotDoneAgain() {
    Tenant first;
    Tenant second;
    try (TenantKit old = node(ONE)) {
      first = old.tenant("tenant-one");
      second = old.tenant("tenant-two");
    }
    try (TenantKit killed = node(ONE)) {
      // as if the process had ended between two tenants: each is a transaction of its own
      Schemas newer =
          new Schemas(
              killed.database.transaction(tx -> Installation.prepare(tx.connection())),
              new ChangeLog(List.of(ONE, TWO)),
              killed.cells);
      assertThat(
              killed.database.<Boolean>transaction(
                  tx -> newer.migrate(tx.connection(), schema(first))))
          .isTrue();
    }
    try (TenantKit kit = node(ONE, TWO)) {
      assertThat(kit.schemas.leftBehind()).isZero();
      assertThat(kit.walls.<List<String>>transaction(first, Sql.list(NOTES))).containsExactly("0");
      assertThat(kit.walls.<List<String>>transaction(second, Sql.list(NOTES))).containsExactly("0");
    }
  }

  @Test
  void aReleaseWhoseEarlierChangeSetsWereEditedTouchesNobody() {
    Tenant tenant;
    try (TenantKit old = node(ONE)) {
      tenant = old.tenant("tenant-one");
    }
    try (TenantKit kit = node(List.of("create table other (a int)"), TWO)) {
      assertThat(kit.schemas.leftBehind()).isEqualTo(1);
      assertThatThrownBy(() -> kit.marks(tenant)).isInstanceOf(DatabaseUnavailableException.class);
    }
  }

  @Test
  void theShippedChangeLogMakesASchema() {
    try (TenantKit kit = new TenantKit(url, NO_SPARES, Clock.systemUTC())) {
      Tenant tenant = kit.tenant("shipped");
      assertThat(kit.marks(tenant)).isEmpty();
      assertThat(
              kit.database.run(
                  Sql.list(
                      "select tablename from pg_tables where schemaname = ? and tableowner not like"
                          + " 'nettrace_owner_%'",
                      schema(tenant))))
          .isEmpty();
    }
  }

  @Test
  void spareSchemasAreHandedOutAndBuiltAgain() {
    try (TenantKit kit =
        new TenantKit(url, Map.of("nettrace.tenant.spare-schemas", "2"), Clock.systemUTC())) {
      kit.schemas.fill();
      assertThat(kit.schemas.spare()).isEqualTo(2);
      Tenant tenant =
          kit.tenants.ensure(
              Actors.TEST, UUID.randomUUID(), "quick-one", "Quick", TenantKind.CUSTOMER);
      assertThat(tenant.placement()).isPresent();
      kit.schemas.fill();
      assertThat(kit.schemas.spare()).isEqualTo(2);
    }
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private TenantKit node(List<String>... changeSets) {
    return new TenantKit(
        url, NO_SPARES, Clock.systemUTC(), Optional.of(new ChangeLog(List.of(changeSets))));
  }

  private static String schema(Tenant tenant) {
    return tenant.home().schema();
  }

  /** What somebody did by hand. */
  private static void spoil(TenantKit kit, Tenant tenant, String sql) {
    int _ =
        kit.database.transaction(
            tx -> {
              Installation installation = Installation.prepare(tx.connection());
              int _ = Sql.update("set local role " + installation.owner()).run(tx);
              return Sql.update(sql.formatted(schema(tenant))).run(tx);
            });
  }
}
