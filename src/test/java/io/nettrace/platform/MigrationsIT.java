package io.nettrace.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.testing.SharedPostgres;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
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

  @Test
  void aPoolsConnectionIsLeftWithTheSearchPathItCameWith() throws Exception {
    try (Connection kept = SharedPostgres.freshSource().getConnection()) {
      DataSource pool =
          (DataSource)
              Proxy.newProxyInstance(
                  MigrationsIT.class.getClassLoader(),
                  new Class<?>[] {DataSource.class},
                  (_, _, _) -> unclosed(kept));
      new Migrations(new Database(() -> pool)).apply();
      try (var statement = kept.createStatement();
          ResultSet row = statement.executeQuery("show search_path")) {
        row.next();
        assertThat(row.getString(1)).isEqualTo("catalog");
      }
    }
  }

  private static Object unclosed(Connection connection) {
    return Proxy.newProxyInstance(
        MigrationsIT.class.getClassLoader(),
        new Class<?>[] {Connection.class},
        (_, method, arguments) ->
            method.getName().equals("close") ? null : method.invoke(connection, arguments));
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
