package io.nettrace.edge.api.http;

import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import java.util.List;
import java.util.Optional;

/**
 * What the API signs cursors with, and what it lets strangers and single tenants do.
 *
 * @param openPerMinute calls of one address that shows no credential
 * @param cursorSecret empty means one is made and kept in the data folder
 * @param unmeteredPerMinute calls of one tenant that its plan does not count
 * @param unmeteredAtOnce of these, calls at once
 */
public record ApiConfig(
    Optional<String> cursorSecret, int openPerMinute, int unmeteredPerMinute, int unmeteredAtOnce) {
  private static final Setting<Optional<String>> CURSOR_SECRET =
      Setting.optionalText(
          "nettrace.api.cursor-secret",
          "at least 32 characters",
          32,
          "What page cursors are signed with; all nodes need the same one. Unset: made at first"
              + " start and kept in <nettrace.data>/cursor-secret.");
  private static final Setting<Integer> OPEN_PER_MINUTE =
      Setting.integer(
          "nettrace.api.open-per-minute",
          60,
          1,
          1_000_000,
          "How many calls a minute one address may make without a credential, to sign up and in.");
  private static final Setting<Integer> UNMETERED_PER_MINUTE =
      Setting.integer(
          "nettrace.api.unmetered-per-minute",
          600,
          1,
          1_000_000,
          "How many calls a minute a tenant may make that its plan does not count, such as listing"
              + " keys; for each node.");
  private static final Setting<Integer> UNMETERED_AT_ONCE =
      Setting.integer(
          "nettrace.api.unmetered-at-once",
          8,
          1,
          1_000,
          "How many of these calls of one tenant are answered at the same time on a node.");
  public static final List<Setting<?>> SETTINGS =
      List.of(CURSOR_SECRET, OPEN_PER_MINUTE, UNMETERED_PER_MINUTE, UNMETERED_AT_ONCE);

  public static ApiConfig from(Settings settings) {
    return new ApiConfig(
        settings.get(CURSOR_SECRET),
        settings.get(OPEN_PER_MINUTE),
        settings.get(UNMETERED_PER_MINUTE),
        settings.get(UNMETERED_AT_ONCE));
  }
}
