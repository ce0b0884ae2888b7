package io.nettrace.tenant;

import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How tenants are kept.
 *
 * @param cellSecret what the passwords of the cells' logins follow from
 * @param spareSchemas how many schemas are built ahead of sign-ups
 * @param cellTenants most tenants of one login
 * @param cellConnections most connections of one login, on this node
 * @param deletionGrace how long a deleted tenant can be brought back
 */
public record TenantConfig(
    Optional<String> cellSecret,
    int spareSchemas,
    int cellTenants,
    int cellConnections,
    Duration deletionGrace) {
  private static final Setting<Optional<String>> CELL_SECRET =
      Setting.optionalText(
          "nettrace.tenant.cell-secret",
          "at least 32 characters",
          32,
          "What the database passwords of the tenants' logins are made from; all nodes need the"
              + " same one. Unset: made at first start and kept in <nettrace.data>/cell-secret.");
  private static final Setting<Integer> SPARE_SCHEMAS =
      Setting.integer(
          "nettrace.tenant.spare-schemas",
          8,
          0,
          1000,
          "How many schemas are built ahead, so that a sign-up takes no time.");
  private static final Setting<Integer> CELL_TENANTS =
      Setting.integer(
          "nettrace.tenant.cell-tenants",
          500,
          1,
          2000,
          "Most tenants that share one database login.");
  private static final Setting<Integer> CELL_CONNECTIONS =
      Setting.integer(
          "nettrace.tenant.cell-connections",
          8,
          1,
          100,
          "Most connections that one node opens for the tenants of one login.");
  private static final Setting<Duration> DELETION_GRACE =
      Setting.duration(
          "nettrace.tenant.deletion-grace",
          "30d",
          "1m",
          "365d",
          "How long a deleted tenant can be brought back before its data goes.");
  public static final List<Setting<?>> SETTINGS =
      List.of(CELL_SECRET, SPARE_SCHEMAS, CELL_TENANTS, CELL_CONNECTIONS, DELETION_GRACE);

  public static TenantConfig from(Settings settings) {
    return new TenantConfig(
        settings.get(CELL_SECRET),
        settings.get(SPARE_SCHEMAS),
        settings.get(CELL_TENANTS),
        settings.get(CELL_CONNECTIONS),
        settings.get(DELETION_GRACE));
  }
}
