package io.nettrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.lab.Lab;
import io.nettrace.testing.FreePort;
import io.nettrace.testing.Machine;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes on one database; one browser's requests go to them in turn, from signing up to out. */
class TwoPortalsIT {
  private static final Path RIG = Path.of("src/bench/rig/two-portals.sh");

  @TempDir Path data;

  @Test
  void anyNodeServesTheNextRequestOfABrowser() throws Exception {
    Machine.LAB.require(Lab.unavailable());
    Path output = data.resolve("output");
    ProcessBuilder rig = new ProcessBuilder("bash", RIG.toString());
    rig.environment()
        .putAll(
            Map.of(
                "JAVA_HOME", System.getProperty("java.home"),
                "WORK", data.toString(),
                "A_PORT", String.valueOf(FreePort.next()),
                "B_PORT", String.valueOf(FreePort.next()),
                "DB_PORT", String.valueOf(FreePort.next())));
    int ended = rig.redirectErrorStream(true).redirectOutput(output.toFile()).start().waitFor();
    assertThat(output).content().contains(", 0 of them bad");
    assertThat(ended).isZero();
  }
}
