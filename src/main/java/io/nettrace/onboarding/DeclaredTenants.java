package io.nettrace.onboarding;

import io.nettrace.platform.Actor;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import io.nettrace.platform.json.InvalidDocumentException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Applies the declared tenants' files at start. A file that is wrong is named in the log with
 * everything that is wrong with it; the service starts for everybody else.
 */
@Service
public class DeclaredTenants {
  private static final Logger LOG = System.getLogger(DeclaredTenants.class.getName());
  private static final Actor BY = new Actor.System("declarations");
  private static final String PLANS = "plans.json";

  private final OnboardingConfig config;
  private final Declarations declarations;

  @Inject
  DeclaredTenants(OnboardingConfig config, Declarations declarations) {
    this.config = config;
    this.declarations = declarations;
  }

  void begin(@Observes DatabaseReady ready) {
    config.folder().ifPresent(this::apply);
  }

  private void apply(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> declared =
          files
              .filter(file -> file.toString().endsWith(".json") && !file.endsWith(PLANS))
              .sorted()
              .toList();
      for (Path file : declared) {
        applyFile(file);
      }
    } catch (IOException e) {
      LOG.log(Level.ERROR, "the declared tenants in {0} cannot be read: {1}", folder, e);
    }
  }

  private void applyFile(Path file) throws IOException {
    try {
      Declarations.Diff diff =
          declarations.apply(BY, file.toString(), Files.readAllBytes(file), false);
      diff.changes().forEach(change -> LOG.log(Level.INFO, "tenant {0}: {1}", diff.slug(), change));
    } catch (InvalidDocumentException e) {
      LOG.log(Level.ERROR, "a declared tenant is wrong and not applied:\n{0}", e.getMessage());
    }
  }
}
