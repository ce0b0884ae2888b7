package io.nettrace.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is wrong with the settings, a sentence each, before anything is started. */
final class WrongSettings {
  private static final String REMEDY =
      "A setting is written -Dname=…, or as a line of %s, or in the environment, where %s is %s."
          .formatted(
              StartSetting.CONFIG.standard(),
              StartSetting.HTTP_PORT.property(),
              StartSetting.HTTP_PORT.variable());

  /** Their values are not repeated: people write passwords into addresses. */
  private static final Set<StartSetting> MAY_HOLD_SECRETS =
      Set.of(StartSetting.DB_URL, StartSetting.DB_PASSWORD);

  private WrongSettings() {}

  /** Refuses the start where there is anything wrong. */
  static void refuse(List<String> wrong) throws StartFailure {
    if (!wrong.isEmpty()) {
      throw new StartFailure(
          "A setting is wrong:\n  %s\n%s".formatted(String.join("\n  ", wrong), REMEDY),
          StartFailure.WRONG_SETTINGS,
          null);
    }
  }

  /** Of all settings: the launcher's own, those of the application, and the files they name. */
  static List<String> ofAll(ApplicationSettings application) {
    Set<String> own =
        Stream.of(StartSetting.values()).map(StartSetting::property).collect(Collectors.toSet());
    return Stream.of(ofStart(), application.wrong(own), ofFiles()).flatMap(List::stream).toList();
  }

  /** Of those that the launcher reads. */
  static List<String> ofStart() {
    List<String> wrong = new ArrayList<>();
    for (StartSetting setting : StartSetting.values()) {
      if (isWrong(setting)) {
        wrong.add(
            MAY_HOLD_SECRETS.contains(setting)
                ? "%s must be %s.".formatted(setting.property(), setting.accepts())
                : "%s is \"%s\", but must be %s."
                    .formatted(
                        setting.property(), StartSettings.value(setting), setting.accepts()));
      }
    }
    wrong.addAll(ofPorts());
    if (has(StartSetting.TLS_PORT) && StartSettings.text(StartSetting.TLS_FILE).isEmpty()) {
      wrong.add(
          "%s is \"%s\", but %s names no certificate."
              .formatted(
                  StartSetting.TLS_PORT.property(),
                  StartSettings.value(StartSetting.TLS_PORT),
                  StartSetting.TLS_FILE.property()));
    }
    return wrong;
  }

  private static boolean isWrong(StartSetting setting) {
    return StartSettings.text(setting).filter(text -> !setting.takes(text)).isPresent();
  }

  /** Each listener has a port of its own, by which it is known. */
  private static List<String> ofPorts() {
    List<StartSetting> ports =
        Stream.of(
                StartSetting.HTTP_PORT,
                StartSetting.TLS_PORT,
                StartSetting.OPERATIONS_PORT,
                StartSetting.SCANNERS_PORT,
                StartSetting.DB_PORT)
            .filter(WrongSettings::has)
            .toList();
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < ports.size(); i++) {
      for (StartSetting other : ports.subList(i + 1, ports.size())) {
        if (port(ports.get(i)) == port(other)) {
          wrong.add(
              "%s and %s are both %d, but each must be a port of its own."
                  .formatted(ports.get(i).property(), other.property(), port(other)));
        }
      }
    }
    return wrong;
  }

  /** Whether a port is taken by this setting. */
  private static boolean has(StartSetting setting) {
    boolean isIdle =
        setting == StartSetting.DB_PORT && StartSettings.text(StartSetting.DB_URL).isPresent();
    return !isIdle && !isWrong(setting) && port(setting) > 0;
  }

  private static int port(StartSetting setting) {
    return Integer.parseInt(StartSettings.value(setting));
  }

  private static List<String> ofFiles() {
    return Stream.of(
            StartSetting.TLS_FILE,
            StartSetting.TARGETS_FILE,
            StartSetting.LAB_SCENARIO,
            StartSetting.PROBER_NETNS)
        .filter(
            setting ->
                StartSettings.text(setting).map(Path::of).filter(f -> !isThere(f)).isPresent())
        .map(
            setting ->
                "%s is \"%s\", but must be the path of a file that can be read."
                    .formatted(setting.property(), StartSettings.value(setting)))
        .toList();
  }

  private static boolean isThere(Path file) {
    return Files.isReadable(file) && !Files.isDirectory(file);
  }
}
