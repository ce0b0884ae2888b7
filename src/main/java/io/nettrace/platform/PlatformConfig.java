package io.nettrace.platform;

import java.nio.file.Path;
import java.util.List;

/** Where the program keeps its own files, and which network it was told to measure. */
public record PlatformConfig(Path data, String network) {
  public static final Setting<Path> DATA =
      Setting.folder(
          "nettrace.data",
          "data",
          "Folder for the embedded database, secrets and the demo key; made when missing.");
  public static final Setting<String> NETWORK =
      Setting.choice(
          "nettrace.network",
          "auto",
          List.of("auto", "real", "lab"),
          "What is measured: the real network, the lab, or (auto) the lab when no target's name"
              + " resolves. The launcher decides; the server shows it.");
  public static final List<Setting<?>> SETTINGS = List.of(DATA, NETWORK);

  public static PlatformConfig from(Settings settings) {
    return new PlatformConfig(settings.get(DATA), settings.get(NETWORK));
  }
}
