package io.nettrace.tenant;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.nettrace.platform.csv.CsvLine;
import io.nettrace.platform.time.TimeText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query as a file: every column as PostgreSQL writes it, but for times; in CSV by the
 * rule of {@link CsvLine}, so that null is an empty field and an empty text is {@code ""}.
 */
final class Rows {
  /** Column types that are numbers or truths in JSON too. */
  private static final Set<String> BARE =
      Set.of("int2", "int4", "int8", "float4", "float8", "numeric");

  private static final String TIME = "timestamptz";
  private static final Set<String> DOCUMENTS = Set.of("json", "jsonb");

  private final ResultSet row;
  private final OutputStream out;
  private final List<String> names = new ArrayList<>();
  private final List<String> types = new ArrayList<>();

  Rows(ResultSet row, OutputStream out) throws SQLException {
    this.row = row;
    this.out = out;
    ResultSetMetaData columns = row.getMetaData();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      names.add(columns.getColumnLabel(i));
      types.add(columns.getColumnTypeName(i));
    }
  }

  /** Returns how many there were. */
  long write(TenantExport.Form form) throws SQLException, IOException {
    return switch (form) {
      case CSV -> csv();
      case NDJSON -> lines();
    };
  }

  private long csv() throws SQLException, IOException {
    put(CsvLine.header(names));
    long rows = 0;
    while (row.next()) {
      CsvLine line = new CsvLine();
      for (int i = 1; i <= names.size(); i++) {
        @Nullable String value = text(i);
        CsvLine _ = isBare(i) ? line.bare(value) : line.text(value);
      }
      put(line.toString());
      rows++;
    }
    return rows;
  }

  private boolean isBare(int column) {
    String type = types.get(column - 1);
    return BARE.contains(type) || type.equals(TIME);
  }

  /** As PostgreSQL writes it, but for times, which have one form in all our files. */
  private @Nullable String text(int column) throws SQLException {
    if (!types.get(column - 1).equals(TIME)) {
      return row.getString(column);
    }
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : TimeText.write(time.toInstant());
  }

  private void put(String line) throws IOException {
    out.write(line.getBytes(StandardCharsets.UTF_8));
  }

  private long lines() throws SQLException, IOException {
    JsonFactory factory = new JsonFactory();
    factory.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    long rows = 0;
    try (JsonGenerator json = factory.createGenerator(out)) {
      json.setRootValueSeparator(null);
      while (row.next()) {
        json.writeStartObject();
        for (int i = 1; i <= names.size(); i++) {
          json.writeFieldName(names.get(i - 1));
          value(json, types.get(i - 1), text(i));
        }
        json.writeEndObject();
        json.writeRaw('\n');
        rows++;
      }
    }
    return rows;
  }

  private static void value(JsonGenerator json, String type, @Nullable String text)
      throws IOException {
    if (text == null) {
      json.writeNull();
    } else if (type.equals("bool")) {
      json.writeBoolean(text.equals("t"));
    } else if (BARE.contains(type)) {
      json.writeNumber(text);
    } else if (DOCUMENTS.contains(type)) {
      json.writeRawValue(text);
    } else {
      json.writeString(text);
    }
  }
}
