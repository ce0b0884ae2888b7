package io.nettrace.platform.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nettrace.platform.Database;
import io.nettrace.platform.Sql;
import io.nettrace.testing.MovableClock;
import io.nettrace.testing.SharedPostgres;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sealed values, their data keys and the installation's keys. */
class VaultIT {
  private static final String FIRST = "the installation's first key, of tests only";
  private static final String NEXT = "the installation's next key, of tests only";
  private static final byte[] SECRET = "a secret".getBytes(StandardCharsets.UTF_8);
  private static final UUID ACME = UUID.randomUUID();
  private static final SealedPlace PLACE =
      new SealedPlace(Optional.of(ACME), "platform.hooks", "secret", "17");

  private final Database database = SharedPostgres.migratedDatabase();
  private final MovableClock clock = new MovableClock(Instant.parse("2026-03-01T10:00:00Z"));
  private final Node node = node(FIRST);

  /** What one node has. */
  private record Node(DataKeys keys, Vault vault) {}

  @Test
  void aValueOpensOnlyWhereItWasSealedFor() {
    byte[] sealed = seal(node, PLACE);
    assertThat(open(node, PLACE, sealed)).contains(SECRET);
    assertThat(open(node(FIRST), PLACE, sealed)).contains(SECRET);
    byte[] _ = seal(node, new SealedPlace(Optional.empty(), "t", "c", "r"));
    for (SealedPlace other :
        List.of(
            new SealedPlace(Optional.of(ACME), "platform.hooks", "secret", "18"),
            new SealedPlace(Optional.of(ACME), "platform.hooks", "secret1", "7"),
            new SealedPlace(Optional.of(ACME), "platform.hook", "ssecret", "17"),
            new SealedPlace(Optional.of(UUID.randomUUID()), "platform.hooks", "secret", "17"),
            new SealedPlace(Optional.empty(), "platform.hooks", "secret", "17"))) {
      assertThat(open(node, other, sealed)).as(other.toString()).isEmpty();
    }
  }

  @Test
  void everyChangedByteIsNoticedAndNoTwoAreAlike() {
    byte[] sealed = seal(node, PLACE);
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThat(open(node, PLACE, changed)).as("byte " + i).isEmpty();
    }
    for (int length = 0; length < sealed.length; length++) {
      assertThat(open(node, PLACE, Arrays.copyOf(sealed, length))).isEmpty();
    }
    assertThat(seal(node, PLACE)).isNotEqualTo(sealed);
  }

  @Test
  void aValueNamesItsFormatAndItsKey() {
    ByteBuffer sealed = ByteBuffer.wrap(seal(node, PLACE));
    assertThat(sealed.get()).isEqualTo((byte) 2);
    assertThat(new UUID(sealed.getLong(), sealed.getLong())).isEqualTo(keyOf(ACME));
  }

  @Test
  void eachTenantHasOneKeyAndThoseOfNoneHaveAnother() throws Exception {
    Set<UUID> used = new HashSet<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<byte[]>> all =
          IntStream.range(0, 8)
              .mapToObj(_ -> threads.submit(() -> seal(node(FIRST), PLACE)))
              .toList();
      for (Future<byte[]> one : all) {
        ByteBuffer sealed = ByteBuffer.wrap(one.get());
        byte _ = sealed.get();
        used.add(new UUID(sealed.getLong(), sealed.getLong()));
      }
    }
    assertThat(used).containsExactly(keyOf(ACME));
    byte[] _ = seal(node, new SealedPlace(Optional.empty(), "t", "c", "r"));
    byte[] _ = seal(node, new SealedPlace(Optional.of(UUID.randomUUID()), "t", "c", "r"));
    assertThat(count("select count(*) as n from platform.data_keys")).isEqualTo(3);
  }

  @Test
  void anotherInstallationsKeyWrapsDataKeysAgainAndNoValue() {
    byte[] sealed = seal(node, PLACE);
    Node rotated = node(NEXT, FIRST);
    assertThat(open(rotated, PLACE, sealed)).contains(SECRET);
    rotated.keys().rewrap();
    assertThat(open(node(NEXT), PLACE, sealed)).contains(SECRET);
    assertThat(open(node(FIRST), PLACE, sealed)).isEmpty();
    assertThat(open(node(NEXT), PLACE, seal(rotated, PLACE))).contains(SECRET);
  }

  @Test
  void withoutTheKeyThatWrappedNothingIsOpenedOrMade() {
    byte[] sealed = seal(node, PLACE);
    Node stranger = node(NEXT);
    stranger.keys().rewrap();
    assertThat(open(stranger, PLACE, sealed)).isEmpty();
    assertThatThrownBy(() -> seal(stranger, PLACE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("nettrace.crypto.previous-key");
    assertThat(open(node, PLACE, sealed)).contains(SECRET);
  }

  @Test
  void aTenantsValuesAreShreddedWithItsKey() {
    byte[] sealed = seal(node, PLACE);
    Node other = node(FIRST);
    assertThat(open(other, PLACE, sealed)).contains(SECRET);
    boolean _ =
        database.transaction(
            tx -> {
              node.keys().shred(tx, ACME);
              return true;
            });
    assertThat(open(node, PLACE, sealed)).isEmpty();
    clock.advance(Duration.ofMinutes(1));
    assertThat(open(other, PLACE, sealed)).isEmpty();
    byte[] again = seal(node, PLACE);
    assertThat(open(node, PLACE, sealed)).isEmpty();
    assertThat(open(node, PLACE, again)).contains(SECRET);
  }

  @Test
  void aKeyOfATransactionThatCameToNothingIsNotUsed() {
    byte[] lost =
        database.transaction(
            tx -> {
              byte[] sealed = node.vault().seal(tx, PLACE, SECRET);
              tx.rollbackOnly();
              return sealed;
            });
    assertThat(open(node, PLACE, lost)).isEmpty();
    assertThat(open(node(FIRST), PLACE, seal(node, PLACE))).contains(SECRET);
  }

  @Test
  void whatAnEarlierReleaseSealedOpens() {
    byte[] sealed =
        HexFormat.of()
            .parseHex(
                "010986aaf72db2a05cbe7425dd85dbd683d8169ea8b4076096eec02a131e"
                    + "1d53aa3a508401454e31fe8a425b4d84d21d3d");
    UUID account = UUID.fromString("0192f3c4-7d1e-7a6b-9c3d-5e8f0a1b2c3d");
    byte[] associated =
        ByteBuffer.allocate(16)
            .putLong(account.getMostSignificantBits())
            .putLong(account.getLeastSignificantBits())
            .array();
    String secret = "a key of tests, and of tests only";
    assertThat(Vault.isCurrent(sealed)).isFalse();
    for (Node one : List.of(node(secret), node(NEXT, secret))) {
      assertThat(one.vault().openEarlier("nettrace identity 1", associated, sealed))
          .contains("twenty bytes of seed".getBytes(StandardCharsets.UTF_8));
      assertThat(one.vault().openEarlier("nettrace identity 2", associated, sealed)).isEmpty();
      assertThat(one.vault().openEarlier("nettrace identity 1", new byte[16], sealed)).isEmpty();
    }
  }

  @Test
  void aValueHasABound() {
    byte[] most = new byte[Vault.MOST_BYTES];
    assertThat(open(node, PLACE, seal(node, PLACE, most))).contains(most);
    assertThatThrownBy(() -> seal(node, PLACE, new byte[Vault.MOST_BYTES + 1]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Node node(String current, String... earlier) {
    InstallationKeys installation = new InstallationKeys(current, List.of(earlier));
    DataKeys keys = new DataKeys(database, installation, clock);
    return new Node(keys, new Vault(keys, installation));
  }

  private byte[] seal(Node at, SealedPlace place) {
    return seal(at, place, SECRET);
  }

  private byte[] seal(Node at, SealedPlace place, byte[] plain) {
    return database.transaction(tx -> at.vault().seal(tx, place, plain));
  }

  private Optional<byte[]> open(Node at, SealedPlace place, byte[] sealed) {
    return database.transaction(tx -> at.vault().open(tx, place, sealed));
  }

  private UUID keyOf(UUID tenantId) {
    return database.run(
        connection ->
            Sql.of("select id from platform.data_keys where tenant_id = :tenant_id")
                .bind("tenant_id", tenantId)
                .first(connection, row -> row.getObject("id", UUID.class))
                .orElseThrow());
  }

  private long count(String sql) {
    return database.run(
        connection -> Sql.of(sql).first(connection, row -> row.getLong("n")).orElseThrow());
  }
}
