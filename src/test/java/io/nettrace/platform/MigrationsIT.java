package io.nettrace.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.testing.SharedPostgres;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MigrationsIT {
  private static final String WITHOUT_COMMENT =
      """
      select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('platform', 'catalog') and c.relkind in ('r', 'p')
        and not c.relispartition and c.relname not like 'databasechangelog%'
        and obj_description(c.oid) is null
      """;
  private static final String PARTITIONED =
      """
      select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'catalog' and c.relkind = 'p' order by 1
      """;

  private final Database database = SharedPostgres.freshDatabase();

  @Test
  void applyingTwiceIsApplyingOnceAndEveryTableSaysWhatItIs() {
    new Migrations(database).apply();
    new Migrations(database).apply();
    assertThat(strings(WITHOUT_COMMENT)).isEmpty();
  }

  @Test
  void measurementsArePartitioned() {
    new Migrations(database).apply();
    assertThat(strings(PARTITIONED))
        .containsExactly(
            "answer_sets",
            "burst_days",
            "burst_hours",
            "bursts",
            "route_changes",
            "scan_metrics",
            "scan_snapshots");
  }

  private List<String> strings(String sql) {
    return database.run(
        connection -> {
          List<String> strings = new ArrayList<>();
          try (var query = connection.prepareStatement(sql);
              ResultSet row = query.executeQuery()) {
            while (row.next()) {
              strings.add(row.getString(1));
            }
          }
          return strings;
        });
  }
}
