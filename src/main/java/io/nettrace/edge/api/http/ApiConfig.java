package io.nettrace.edge.api.http;

import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import java.util.List;
import java.util.Optional;

/**
 * What the API signs cursors with.
 *
 * @param cursorSecret empty means one is made and kept in the data folder
 */
public record ApiConfig(Optional<String> cursorSecret) {
  private static final Setting<Optional<String>> CURSOR_SECRET =
      Setting.optionalText(
          "nettrace.api.cursor-secret",
          "at least 32 characters",
          32,
          "What page cursors are signed with; all nodes need the same one. Unset: made at first"
              + " start and kept in <nettrace.data>/cursor-secret.");
  public static final List<Setting<?>> SETTINGS = List.of(CURSOR_SECRET);

  public static ApiConfig from(Settings settings) {
    return new ApiConfig(settings.get(CURSOR_SECRET));
  }
}
