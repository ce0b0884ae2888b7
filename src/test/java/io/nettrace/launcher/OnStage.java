package io.nettrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Tests before the portal of a running product. One product and one browser serve all their
 * classes, so each keeps to tenants of its own names; pages are closed behind each class.
 */
@ExtendWith(OnStage.Raising.class)
abstract class OnStage {
  static PortalStage stage;

  @BeforeAll
  static void raise(PortalStage shared) {
    stage = shared;
  }

  /** Starts the product for the first class that needs it, and ends it behind the last test. */
  static final class Raising implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == PortalStage.class;
    }

    @Override
    public PortalStage resolveParameter(ParameterContext parameter, ExtensionContext context) {
      ExtensionContext.Store store = context.getRoot().getStore(Namespace.create(OnStage.class));
      Shared shared = store.get(Shared.class, Shared.class);
      if (shared == null) {
        shared = Shared.raised();
        store.put(Shared.class, shared);
      }
      return shared.stage;
    }
  }

  private record Shared(Path data, PortalStage stage) implements AutoCloseable {
    static Shared raised() {
      try {
        Path data = Files.createTempDirectory("nettrace-portal");
        return new Shared(data, new PortalStage(data));
      } catch (RuntimeException e) {
        throw e; // also that there is no lab or browser here
      } catch (Exception e) {
        throw new IllegalStateException("the product does not start", e);
      }
    }

    @Override
    public void close() throws IOException {
      stage.close();
      try (Stream<Path> all = Files.walk(data)) {
        for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  @AfterAll
  static void strike() {
    if (stage != null) {
      stage.portal.closePages();
    }
  }

  @AfterEach
  void nobodyComplained() {
    assertThat(stage.portal.complaints()).isEmpty();
  }
}
