package io.nettrace.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.Settings;
import io.nettrace.tenant.NoTenants;
import io.nettrace.testing.SharedPostgres;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeliveryNumbersIT {
  private static final Instant NOW = Instant.parse("2026-01-31T00:00:00Z");

  private final Database database = SharedPostgres.migratedDatabase();

  @Test
  void onlyNumbersWhoseMeasurementsWouldBeRefusedAreForgotten() {
    execute(
        """
        insert into platform.vantage_points values
          ('lab', true, 'RAW', gen_random_uuid(), '', 1, now(), now());
        insert into platform.deliveries
        select '00000000-0000-0000-0000-000000000001', n, 'lab', t, t, 1, 0
        from generate_series(1, 25000) n,
          lateral (select timestamptz '2026-01-23 22:59:59+00' as t) old;
        insert into platform.deliveries values
          ('00000000-0000-0000-0000-000000000002', 1, 'lab', now(), '2026-01-24 00:00+00', 1, 0)
        """);

    new DeliveryNumbers(
            database,
            ScanConfig.from(Settings.of(Map.of())),
            new Chores(database),
            Clock.fixed(NOW, ZoneOffset.UTC),
            new NoTenants(database).tenants(),
            new NoTenants(database).walls())
        .forget();

    assertThat(left()).isEqualTo(1);
  }

  private void execute(String sql) {
    database.run(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
          }
        });
  }

  private int left() {
    return database.run(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery("select count(*) from platform.deliveries")) {
            row.next();
            return row.getInt(1);
          }
        });
  }
}
