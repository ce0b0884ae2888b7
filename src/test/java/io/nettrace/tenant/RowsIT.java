package io.nettrace.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.platform.Database;
import io.nettrace.testing.SharedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import org.junit.jupiter.api.Test;

/** The files of a tenant's export, row by row. */
class RowsIT {
  private static final String ROW =
      """
      select timestamptz '2026-03-01 12:00:00.5+02' as at, null::timestamptz as never,
        '=1+1' as formula, 1.50::numeric as number, '' as empty, null::text as unknown,
        true as truth, '{"a": 1}'::jsonb as document
      """;

  private final Database database = SharedPostgres.freshDatabase();

  @Test
  void timesHaveTheOneFormOfAllFilesAndTheRestIsAsTheDatabaseWritesIt() {
    assertThat(written(TenantExport.Form.CSV))
        .isEqualTo(
            """
            at,never,formula,number,empty,unknown,truth,document\r
            2026-03-01T10:00:00.500000Z,,'=1+1,1.50,"",,t,"{""a"": 1}"\r
            """);
    assertThat(written(TenantExport.Form.NDJSON))
        .isEqualTo(
            """
            {"at":"2026-03-01T10:00:00.500000Z","never":null,"formula":"=1+1","number":1.50,\
            "empty":"","unknown":null,"truth":true,"document":{"a": 1}}
            """);
  }

  private String written(TenantExport.Form form) {
    return database.run(
        connection -> {
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          try (PreparedStatement query = connection.prepareStatement(ROW);
              ResultSet row = query.executeQuery()) {
            assertThat(new Rows(row, out).write(form)).isEqualTo(1);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return out.toString(StandardCharsets.UTF_8);
        });
  }
}
