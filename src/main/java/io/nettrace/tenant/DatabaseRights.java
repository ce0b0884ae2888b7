package io.nettrace.tenant;

import io.nettrace.platform.ConfigurationException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What our own login may do in the database. It needs to make schemas and roles, and must not
 * inherit the rights of those roles, or the wall of roles would be none.
 */
final class DatabaseRights {
  private static final String ASK =
      """
      select rolname, rolsuper, rolcreaterole, rolinherit, current_database(),
        has_database_privilege(current_database(), 'create')
      from pg_roles where rolname = current_user
      """;

  private DatabaseRights() {}

  /** Refuses the start when they are not enough, with the SQL that grants them. */
  static void check(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(ASK)) {
      row.next();
      String role = quoted(row.getString(1));
      boolean superuser = row.getBoolean(2);
      List<String> missing = new ArrayList<>();
      if (!superuser && !row.getBoolean(3)) {
        missing.add("alter role " + role + " createrole;");
      }
      if (!superuser && row.getBoolean(4)) {
        missing.add("alter role " + role + " noinherit;");
      }
      if (!row.getBoolean(6)) {
        missing.add("grant create on database " + quoted(row.getString(5)) + " to " + role + ";");
      }
      if (!missing.isEmpty()) {
        throw new ConfigurationException(
            "The database login %s may not do what tenants need (a schema and a role for each)."
                    .formatted(role)
                + " As a superuser run",
            missing);
      }
    }
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
