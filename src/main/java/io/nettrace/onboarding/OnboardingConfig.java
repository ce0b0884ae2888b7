package io.nettrace.onboarding;

import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where declared tenants stand.
 *
 * @param folder empty when none are declared
 */
public record OnboardingConfig(Optional<Path> folder) {
  private static final Setting<Optional<String>> FOLDER =
      Setting.optionalText(
          "nettrace.tenants.folder",
          "a folder's path",
          0,
          "Folder with a file <slug>.json for each tenant that is declared, in the form of"
              + " tenant.schema.json; applied at each start.");
  public static final List<Setting<?>> SETTINGS = List.of(FOLDER);

  public static OnboardingConfig from(Settings settings) {
    return new OnboardingConfig(settings.get(FOLDER).map(Path::of));
  }
}
