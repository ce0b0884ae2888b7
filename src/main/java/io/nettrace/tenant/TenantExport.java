package io.nettrace.tenant;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.platform.crypto.Sha256;
import io.nettrace.platform.time.TimeText;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Everything a tenant owns in one ZIP: a file for each table of its schema and for each part that
 * components keep of it, and a manifest with rows, bytes and SHA-256 of each. Secrets and digests
 * are left out. Rows are streamed: a large tenant needs no memory.
 */
@Service
public class TenantExport {
  private static final int ROWS_AT_ONCE = 2_000;

  /** For one table; no export holds its connection for ever. */
  private static final int LONGEST_SECONDS = 600;

  private static final Sql TABLES =
      Sql.of(
          """
          select tablename from pg_tables
          where schemaname = current_schema() order by tablename
          """);

  private final Database database;
  private final TenantDatabase walls;
  private final Instance<TenantData> components;
  private final Clock clock;

  /** How rows are written. */
  public enum Form {
    CSV,
    NDJSON
  }

  private record Written(String file, long rows, long bytes, String sha256) {}

  @Inject
  TenantExport(
      Database database, TenantDatabase walls, @Any Instance<TenantData> components, Clock clock) {
    this.database = database;
    this.walls = walls;
    this.components = components;
    this.clock = clock;
  }

  /** Writes the whole; the schema as it was at one moment, the platform's tables at another. */
  public void write(Tenant tenant, Form form, OutputStream out) {
    List<Written> files = new ArrayList<>();
    try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      boolean _ = database.transaction(tx -> platform(tx.connection(), tenant, form, zip, files));
      boolean _ = walls.transaction(tenant, tx -> schema(tx.connection(), form, zip, files));
      zip.putNextEntry(new ZipEntry("manifest.json"));
      manifest(tenant, files, zip);
      zip.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean platform(
      Connection connection, Tenant tenant, Form form, ZipOutputStream zip, List<Written> files)
      throws SQLException {
    for (TenantData component : components) {
      for (TenantData.Part part : component.parts()) {
        Sql query = Sql.of(part.sql()).bind("tenant_id", tenant.id());
        files.add(file(part.name(), connection, query, form, zip));
      }
    }
    return true;
  }

  private static boolean schema(
      Connection connection, Form form, ZipOutputStream zip, List<Written> files)
      throws SQLException {
    freeze(connection);
    for (String table : TABLES.all(connection, row -> row.getString("tablename"))) {
      files.add(file("record/" + table, connection, Sql.of("select * from " + table), form, zip));
    }
    return true;
  }

  /** All tables as they were at one moment, however long it takes to read them. */
  private static void freeze(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local statement_timeout = '%ds'".formatted(LONGEST_SECONDS));
    }
  }

  private static Written file(
      String name, Connection connection, Sql query, Form form, ZipOutputStream zip)
      throws SQLException {
    String file = name + (form == Form.CSV ? ".csv" : ".ndjson");
    return query.whole(
        connection,
        ROWS_AT_ONCE,
        rows -> {
          try {
            zip.putNextEntry(new ZipEntry(file));
            Counted counted = new Counted(zip);
            long written = new Rows(rows, counted).write(form);
            zip.closeEntry();
            return new Written(file, written, counted.bytes, counted.sha256());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private void manifest(Tenant tenant, List<Written> files, OutputStream out) throws IOException {
    JsonGenerator json =
        new JsonFactory()
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .createGenerator(out)
            .useDefaultPrettyPrinter();
    json.writeStartObject();
    json.writeStringField("tenant", tenant.slug());
    json.writeStringField("tenant_id", tenant.id().toString());
    json.writeStringField("exported_at", TimeText.write(clock.instant()));
    json.writeArrayFieldStart("files");
    for (Written file : files) {
      json.writeStartObject();
      json.writeStringField("file", file.file());
      json.writeNumberField("rows", file.rows());
      json.writeNumberField("bytes", file.bytes());
      json.writeStringField("sha256", file.sha256());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.close();
  }

  /** Counts and digests what passes through, and does not close what it writes to. */
  private static final class Counted extends FilterOutputStream {
    private final MessageDigest digest;
    private long bytes;

    Counted(OutputStream out) {
      super(out);
      digest = Sha256.digest();
    }

    @Override
    public void write(byte[] content, int from, int length) throws IOException {
      out.write(content, from, length);
      digest.update(content, from, length);
      bytes += length;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    String sha256() {
      return HexFormat.of().formatHex(digest.digest());
    }
  }
}
