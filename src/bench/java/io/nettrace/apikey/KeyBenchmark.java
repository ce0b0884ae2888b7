package io.nettrace.apikey;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.nettrace.apikey.IssueOutcome.Issued;
import io.nettrace.identity.Permission;
import io.nettrace.metric.Cidr;
import io.nettrace.plan.Plans;
import io.nettrace.plan.TenantPlans;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Migrations;
import io.nettrace.platform.Settings;
import io.nettrace.platform.Signals;
import io.nettrace.testing.Actors;
import io.nettrace.testing.Rounds;
import io.nettrace.testing.SharedPostgres;
import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** What it costs to check a key among 10,000, half of them with a list of networks. */
public final class KeyBenchmark {
  private static final int KEYS = 10_000;

  /** What the first plan allows. */
  private static final int KEYS_PER_TENANT = 2;

  private static final InetAddress HOME = InetAddress.ofLiteral("192.0.2.9");

  private KeyBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    HikariConfig config = new HikariConfig();
    config.setDataSource(SharedPostgres.freshSource());
    config.setMaximumPoolSize(4);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      measure(new Database(() -> pool));
    }
  }

  private static void measure(Database database) throws Exception {
    new Migrations(database).apply();
    ApiKeys issuer = keys(database);
    String[] texts = new String[KEYS];
    for (int i = 0; i < KEYS; i++) {
      texts[i] = ((Issued) issuer.issue(Actors.TEST, wish(i))).text();
    }
    long before = heap();
    ApiKeys keys = keys(database);
    System.out.printf("bytes of heap per key: %d%n", (heap() - before) / KEYS);
    Rounds.print("verify, 10,000 keys", 1, () -> isAccepted(keys, any(texts)));
    Rounds.print("the same, two threads", 2, () -> isAccepted(keys, any(texts)));
    String mistyped = "ntk_live_" + "0".repeat(36);
    Rounds.print(
        "a mistyped key",
        1,
        () -> keys.verify(mistyped, () -> HOME) instanceof KeyVerdict.Malformed);
    issuer.stop();
    keys.stop();
  }

  private static ApiKeys keys(Database database) {
    TenantPlans plans = new TenantPlans(database, new Signals(database), new Plans());
    ApiKeys keys =
        new ApiKeys(
            database,
            new Signals(database),
            new KeyDigest("0123456789abcdef0123456789abcdef"),
            ApiKeyConfig.from(Settings.of(Map.of())),
            plans,
            Clock.systemUTC());
    keys.load(new DatabaseReady());
    return keys;
  }

  private static boolean isAccepted(ApiKeys keys, String text) {
    return keys.verify(text, () -> HOME) instanceof KeyVerdict.Accepted;
  }

  private static String any(String[] texts) {
    return texts[ThreadLocalRandom.current().nextInt(KEYS)];
  }

  private static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static NewKey wish(int number) {
    return new NewKey(
        new UUID(0x7000, number / KEYS_PER_TENANT),
        "key " + number,
        KeyKind.LIVE,
        Set.of(Permission.READ_MEASUREMENTS, Permission.ORDER_EXPORTS),
        Optional.empty(),
        number % 2 == 0
            ? List.of()
            : List.of(Cidr.parse("2001:db8::/32"), Cidr.parse("192.0.2.0/24")));
  }
}
