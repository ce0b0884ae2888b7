package io.nettrace.edge.api.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.Sql;
import io.nettrace.tenant.Exported;
import io.nettrace.testing.MovableClock;
import io.nettrace.testing.SharedPostgres;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class IdempotencyStoreIT {
  private static final UUID TENANT = new UUID(0x7000, 1);
  private static final UUID STRANGER = new UUID(0x7000, 2);
  private static final String KEY = "7d1f-canary-key";
  private static final String SECRET = "ntk_live_canarycanarycanarycanarycanary";
  private static final StoredAnswer ANSWER =
      new StoredAnswer(
          201,
          Optional.of("application/json"),
          Optional.of("/api/v1/keys/1"),
          Optional.of("\"v1\""),
          ("{\"text\":\"" + SECRET + "\"}").getBytes(StandardCharsets.UTF_8));

  private final Database database = SharedPostgres.migratedDatabase();
  private final MovableClock clock = new MovableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final KeyDerivation derivation = new KeyDerivation("a secret of this test's own");
  private final IdempotencyStore here = new IdempotencyStore(database, new Chores(database), clock);
  private final IdempotencyStore there =
      new IdempotencyStore(database, new Chores(database), clock);

  IdempotencyStoreIT() {}

  @Test
  void aRepetitionHasToWaitAndThenGetsTheFirstAnswerByteForByte() {
    KeyedCall call = call(TENANT, KEY, "a body");
    UUID claim = granted(here, call);
    assertThat(there.claim(call)).isEqualTo(new Claim.Running());
    here.finish(call, claim, ANSWER);
    for (IdempotencyStore node : List.of(here, there)) {
      assertThat(node.claim(call)).usingRecursiveComparison().isEqualTo(new Claim.Finished(ANSWER));
    }
  }

  @Test
  void anAnswerWithoutABodyIsKeptToo() {
    KeyedCall call = call(TENANT, KEY, "a body");
    StoredAnswer empty =
        new StoredAnswer(204, Optional.empty(), Optional.empty(), Optional.empty(), new byte[0]);
    here.finish(call, granted(here, call), empty);
    assertThat(there.claim(call)).usingRecursiveComparison().isEqualTo(new Claim.Finished(empty));
  }

  @Test
  void anotherCallWithTheSameKeyIsToldApartWhileTheFirstRunsAndAfterwards() {
    KeyedCall call = call(TENANT, KEY, "a body");
    KeyedCall other = call(TENANT, KEY, "another body");
    UUID claim = granted(here, call);
    assertThat(there.claim(other)).isEqualTo(new Claim.OtherCall());
    here.finish(call, claim, ANSWER);
    assertThat(there.claim(other)).isEqualTo(new Claim.OtherCall());
  }

  @Test
  void theSameKeyOfAnotherTenantIsAnotherKey() {
    KeyedCall call = call(TENANT, KEY, "a body");
    here.finish(call, granted(here, call), ANSWER);
    assertThat(here.claim(call(STRANGER, KEY, "a body"))).isInstanceOf(Claim.Granted.class);
  }

  @Test
  void aKeyThatIsGivenBackIsFreeForAnyCall() {
    KeyedCall call = call(TENANT, KEY, "a body");
    here.release(call, granted(here, call));
    assertThat(there.claim(call(TENANT, KEY, "another body"))).isInstanceOf(Claim.Granted.class);
  }

  @Test
  void theClaimOfANodeThatDiedEndsAndWhatItStillSaysIsNotHeard() {
    KeyedCall call = call(TENANT, KEY, "a body");
    UUID dead = granted(here, call);
    clock.advance(IdempotencyStore.CLAIM_LIFE.minusSeconds(1));
    assertThat(there.claim(call)).isEqualTo(new Claim.Running());
    clock.advance(Duration.ofSeconds(1));
    UUID living = granted(there, call);
    here.finish(call, dead, ANSWER);
    here.release(call, dead);
    assertThat(here.claim(call)).isEqualTo(new Claim.Running());
    there.finish(call, living, ANSWER);
    assertThat(here.claim(call)).isInstanceOf(Claim.Finished.class);
  }

  @Test
  void anAnswerIsKeptForADayWhetherOrNotTheChoreWasDone() {
    KeyedCall call = call(TENANT, KEY, "a body");
    here.finish(call, granted(here, call), ANSWER);
    clock.advance(IdempotencyStore.KEPT.minusSeconds(1));
    here.forgetOld();
    assertThat(here.claim(call)).isInstanceOf(Claim.Finished.class);
    clock.advance(Duration.ofSeconds(1));
    UUID claim = granted(here, call);
    here.finish(call, claim, ANSWER);
    clock.advance(IdempotencyStore.KEPT);
    here.forgetOld();
    assertThat(rows()).isEmpty();
  }

  @Test
  void ofManyWhoComeAtOnceOnTwoNodesExactlyOneDoesTheCall() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      for (int round = 0; round < 20; round++) {
        KeyedCall call = call(TENANT, "key " + round, "a body");
        List<Callable<Claim>> callers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          callers.add(() -> here.claim(call));
          callers.add(() -> there.claim(call));
        }
        List<Claim> claims = new ArrayList<>();
        for (Future<Claim> claim : threads.invokeAll(callers)) {
          claims.add(claim.get());
        }
        assertThat(claims).filteredOn(Claim.Granted.class::isInstance).hasSize(1);
        assertThat(claims).filteredOn(new Claim.Running()::equals).hasSize(15);
      }
    }
  }

  @Test
  void neitherTheKeyNorTheAnswerCanBeReadInTheDatabase() {
    KeyedCall call = call(TENANT, KEY, "a body");
    here.finish(call, granted(here, call), ANSWER);
    assertThat(rows()).hasSize(1);
    for (String canary : List.of(KEY, SECRET)) {
      String hex = java.util.HexFormat.of().formatHex(canary.getBytes(StandardCharsets.US_ASCII));
      assertThat(rows().getFirst()).doesNotContain(canary).doesNotContain(hex);
    }
    KeyDerivation stolen = new KeyDerivation("another secret");
    assertThat(stolen.derive("scope", KEY).name())
        .isNotEqualTo(derivation.derive("scope", KEY).name());
  }

  @Test
  void anAnswerThatWasMovedToAnotherCallIsNotOpened() {
    KeyedCall call = call(TENANT, KEY, "a body");
    here.finish(call, granted(here, call), ANSWER);
    KeyedCall other = call(STRANGER, KEY, "a body");
    here.finish(other, granted(here, other), ANSWER);
    int moved =
        database.run(
            Sql.of(
                        """
                        update platform.idempotency_keys set body =
                          (select body from platform.idempotency_keys where tenant_id = :tenant_id)
                        where tenant_id = :stranger
                        """)
                    .bind("tenant_id", TENANT)
                    .bind("stranger", STRANGER)
                ::update);
    assertThat(moved).isEqualTo(1);
    assertThatThrownBy(() -> here.claim(other)).hasMessageContaining("tampered");
    assertThat(here.claim(call)).isInstanceOf(Claim.Finished.class);
  }

  @Test
  void anExportTellsWhatWasAskedAndADeletionLeavesOtherTenantsAlone() {
    KeyedCall call = call(TENANT, KEY, "a body");
    here.finish(call, granted(here, call), ANSWER);
    granted(here, call(STRANGER, KEY, "a body"));
    IdempotencyData data = new IdempotencyData();
    assertThat(Exported.by(data, database, TENANT).get("idempotent_calls"))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row)
                    .containsOnlyKeys("claimed_at", "status", "location")
                    .containsEntry("status", "201"));
    Exported.forget(data, database, TENANT);
    assertThat(Exported.by(data, database, TENANT).values()).allMatch(List::isEmpty);
    assertThat(Exported.by(data, database, STRANGER).values()).noneMatch(List::isEmpty);
  }

  private static UUID granted(IdempotencyStore node, KeyedCall call) {
    return ((Claim.Granted) node.claim(call)).id();
  }

  private KeyedCall call(UUID tenantId, String key, String body) {
    return new KeyedCall(
        tenantId,
        derivation.derive(tenantId + "\nPOST\n/api/v1/keys", key),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> rows() {
    return database.run(
        connection ->
            Sql.of("select k::text from platform.idempotency_keys k")
                .all(connection, row -> row.getString(1)));
  }
}
