package io.nettrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code nettrace}, with a Java that only says what it was asked for. */
class CommandScriptTest {
  private static final String JAVA =
      "#!/bin/sh\n"
          + "if [ \"$1\" = -version ]; then echo 'openjdk version \"25.0.1\"' >&2; else echo"
          + " \"$@\"; fi\n";

  @TempDir private Path folder = Path.of("");

  @Test
  void aLinkToALinkFindsTheProgramsBesideTheScript() throws Exception {
    Path home = Files.createDirectories(folder.resolve("opt/dist")).toRealPath();
    Path script = Files.copy(Path.of("src/main/dist/nettrace"), home.resolve("nettrace"));
    Files.createDirectories(folder.resolve("bin"));
    Path absolute = Files.createSymbolicLink(folder.resolve("bin/second"), script);
    Path relative = Files.createSymbolicLink(folder.resolve("bin/nettrace"), Path.of("second"));
    for (Path link : List.of(script, absolute, relative)) {
      assertThat(run(link, "trace", "host"))
          .endsWith("-jar " + home.resolve("nettrace-scanner.jar") + " trace host");
    }
    assertThat(run(relative, "tenants"))
        .contains(home.resolve("nettrace-launcher.jar").toString())
        .endsWith("OperatorCommand tenants");
    assertThat(run(relative, "help", "plan")).endsWith("OperatorCommand plan --help");
    assertThat(run(relative, "events", "--tenant", "acme"))
        .endsWith("OperatorCommand events --tenant acme");
    assertThat(run(relative, "jobs", "--state", "dead"))
        .endsWith("OperatorCommand jobs --state dead");
    assertThat(run(relative, "replay", "x")).endsWith("OperatorCommand replay x");
    assertThat(run(relative, "drop", "x")).endsWith("OperatorCommand drop x");
    for (String command :
        List.of(
            "vantage-points",
            "add-vantage-point",
            "credentials",
            "issue-credential",
            "rotate-credential",
            "revoke-credential")) {
      assertThat(run(relative, command, "ld4")).endsWith("OperatorCommand " + command + " ld4");
    }
    assertThat(run(relative)).endsWith("nettrace-scanner.jar --help");
  }

  private String run(Path script, String... arguments) throws IOException, InterruptedException {
    Path java = folder.resolve("java");
    Files.writeString(java, JAVA);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> command = new ArrayList<>(List.of("sh", script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("NETTRACE_JAVA", java.toString());
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out.strip();
  }
}
