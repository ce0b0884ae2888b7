package io.nettrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests in a browser: one stage for all of a class, and no complaint of the browser's after any.
 */
abstract class OnStage {
  @TempDir static Path data;
  static PortalStage stage;

  @BeforeAll
  static void raise() throws Exception {
    stage = new PortalStage(data);
  }

  @AfterAll
  static void strike() {
    if (stage != null) {
      stage.close();
    }
  }

  @AfterEach
  void nobodyComplained() {
    assertThat(stage.portal.complaints()).isEmpty();
  }
}
