package io.nettrace.desk;

import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import java.util.List;

/**
 * Bounds on what is done for one tenant.
 *
 * @param readsPerTenant reads of the record that run at once
 */
public record DeskConfig(int readsPerTenant) {
  private static final Setting<Integer> READS_PER_TENANT =
      Setting.integer(
          "nettrace.api.reads-per-tenant",
          4,
          1,
          1_000,
          "How many reads of the record run at once for one tenant on a node, by API and pages;"
              + " eight times as many wait, more are refused with 429.");
  public static final List<Setting<?>> SETTINGS = List.of(READS_PER_TENANT);

  public static DeskConfig from(Settings settings) {
    return new DeskConfig(settings.get(READS_PER_TENANT));
  }
}
