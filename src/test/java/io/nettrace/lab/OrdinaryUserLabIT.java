package io.nettrace.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.scanner.cli.NetTraceCommand;
import io.nettrace.testing.Machine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The lab without root: as nobody, in a user namespace. The test itself needs root, to become
 * somebody else and to show that user a device that is open to all, in a mount namespace only.
 */
class OrdinaryUserLabIT {
  private static final String OPEN_DEVICE =
      "mknod $0/tun c 10 200 && chmod 666 $0/tun && mount --bind $0/tun /dev/net/tun";
  private static final Pattern NEEDED =
      Pattern.compile("/(picocli|dnsjava|slf4j-api|jackson|json-schema|HdrH|jspecify)[^/]*[.]jar$");
  private static final String NONE = "setpriv --reuid 65534 --regid 65534 --clear-groups";

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void layOutTheProgramForEverybody() throws Exception {
    Inside.assumeLab();
    Inside.assumeProgram("setpriv");
    Inside.assumeProgram("unshare");
    boolean root = Files.getOwner(Path.of("/proc/self")).getName().equals("root");
    Machine.ROOT.require(root ? Optional.empty() : Optional.of("another user runs this"));
    Path libraries = Files.createDirectory(folder.resolve("lib"));
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", ""));
    for (String entry : classPath.split(":", -1)) {
      if (NEEDED.matcher(entry).find()) {
        Path jar = Path.of(entry);
        Files.copy(jar, libraries.resolve(jar.getFileName()));
      }
    }
    copy(Path.of("target", "classes"), folder.resolve("classes"));
    assertThat(shell("chmod -R a+rX $0")).isEmpty();
  }

  @Test
  void anOrdinaryUserRunsTheLabInAUserNamespace() throws Exception {
    String output =
        shell(
            "%s && %s unshare -Ur %s -- sh -c 'getent ahostsv4 api.kraken.com; cat /proc/net/dev'"
                .formatted(OPEN_DEVICE, NONE, command()));
    assertThat(output).contains("198.19.").contains("lab0");
  }

  @Test
  void withoutAUserNamespaceTheLabSaysWhatIsMissing() throws Exception {
    String output = shell("%s && %s %s -- true".formatted(OPEN_DEVICE, NONE, command()));
    assertThat(output).contains("unshare -Ur").doesNotContain("\tat ");
  }

  @Test
  void withoutTheDeviceTheLabSaysHowToGetIt() throws Exception {
    String close = OPEN_DEVICE.replace("666", "600");
    String output = shell("%s && %s unshare -Ur %s -- true".formatted(close, NONE, command()));
    assertThat(output).contains("/dev/net/tun").contains("chmod 666");
  }

  private static String command() {
    return "%s --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -cp \"$0/classes:$0/lib/*\" %s lab"
        .formatted(
            Path.of(System.getProperty("java.home"), "bin", "java"),
            NetTraceCommand.class.getName());
  }

  /** What the script, whose {@code $0} is the folder, prints in a mount namespace of its own. */
  private String shell(String script) throws IOException {
    Process process =
        new ProcessBuilder(List.of("unshare", "-m", "sh", "-c", script, folder.toString()))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
