package io.nettrace.tenant;

import io.nettrace.platform.Database;
import io.nettrace.platform.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** What a component gives to a tenant's export, for tests. */
public final class Exported {
  private Exported() {}

  /** The rows of each part, each row as its columns and their texts, {@code null} for null. */
  public static Map<String, List<Map<String, String>>> by(
      TenantData component, Database database, UUID tenantId) {
    Map<String, List<Map<String, String>>> parts = new TreeMap<>();
    for (TenantData.Part part : component.parts()) {
      parts.put(
          part.name(),
          database.run(
              tx -> Sql.of(part.sql()).bind("tenant_id", tenantId).all(tx, Exported::columns)));
    }
    return parts;
  }

  /** Has a component forget a tenant. */
  public static void forget(TenantData component, Database database, UUID tenantId) {
    boolean _ =
        database.transaction(
            tx -> {
              component.forget(tx, tenantId);
              return true;
            });
  }

  private static Map<String, String> columns(ResultSet row) throws SQLException {
    Map<String, String> columns = new TreeMap<>();
    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
      columns.put(row.getMetaData().getColumnLabel(i), String.valueOf(row.getString(i)));
    }
    return columns;
  }
}
