package io.nettrace.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.testing.SharedPostgres;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SqlValuesIT {
  private static final Sql EACH_KIND =
      Sql.of(
          """
          select concat_ws(' ', :number::bigint, :ratio::float8, :text::text, :level::text,
            extract(epoch from :time::timestamptz)::bigint) as together
          """);

  private final Database database = SharedPostgres.freshDatabase();

  @Test
  void optionalsAreTheirValue() {
    Sql bound =
        EACH_KIND
            .bind("number", OptionalLong.of(7))
            .bind("ratio", OptionalDouble.of(0.25))
            .bind("text", Optional.of("eight"))
            .bind("level", Optional.of(System.Logger.Level.INFO))
            .bind("time", Optional.of(Instant.ofEpochSecond(9)));
    assertThat(together(bound)).isEqualTo("7 0.25 eight INFO 9");
  }

  @Test
  void emptyOptionalsAreNull() {
    Sql bound =
        EACH_KIND
            .bind("number", OptionalLong.empty())
            .bind("ratio", OptionalDouble.empty())
            .bind("text", Optional.empty())
            .bind("level", Optional.empty())
            .bind("time", Optional.empty());
    assertThat(together(bound)).isEmpty();
  }

  @Test
  void rowsInBinaryAreTheSameAsInText() {
    Sql rows =
        Sql.of(
            """
            select decode(repeat('00ff', n), 'hex') as bytes, n,
              to_timestamp(n) as at
            from generate_series(1, :last) n order by n
            """);
    List<String> binary = new ArrayList<>();
    int _ =
        database.<Integer>run(
            connection -> {
              rows.bind("last", 9)
                  .eachInBinary(
                      connection,
                      row ->
                          binary.add(
                              "%d %d %s"
                                  .formatted(
                                      row.getInt("n"),
                                      row.getBytes("bytes").length,
                                      Columns.time(row, "at"))));
              return binary.size();
            });
    assertThat(binary).hasSize(9).startsWith("1 2 1970-01-01T00:00:01Z");
  }

  private String together(Sql query) {
    return database
        .run(connection -> query.first(connection, row -> row.getString("together")))
        .orElseThrow();
  }
}
