package io.nettrace.platform;

import java.util.List;
import java.util.Optional;

/**
 * Which PostgreSQL holds the record. The container's pool reads the same properties by itself (see
 * {@link DatabasePool}); this record checks them.
 */
public record DatabaseConfig(String url, String user, Optional<String> password) {
  static final String STANDARD_URL = "jdbc:postgresql://localhost:5432/nettrace";
  static final String STANDARD_USER = "nettrace";

  public static final Setting<String> URL =
      new Setting<>(
          "nettrace.db.url",
          STANDARD_URL,
          "a JDBC address that starts with jdbc:postgresql:",
          "PostgreSQL 15 or newer; the launcher sets it when it starts the embedded one.",
          DatabaseConfig::postgres);
  public static final Setting<String> USER =
      Setting.text("nettrace.db.user", STANDARD_USER, "Role that owns the record.");
  public static final Setting<Optional<String>> PASSWORD =
      Setting.optionalText("nettrace.db.password", "text", 0, "Password of that role.");
  public static final List<Setting<?>> SETTINGS = List.of(URL, USER, PASSWORD);

  public static DatabaseConfig from(Settings settings) {
    return new DatabaseConfig(settings.get(URL), settings.get(USER), settings.get(PASSWORD));
  }

  private static String postgres(String url) {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException("it does not start with jdbc:postgresql:");
    }
    return url;
  }
}
