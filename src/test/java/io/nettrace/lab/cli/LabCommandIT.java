package io.nettrace.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.lab.Inside;
import io.nettrace.scanner.cli.NetTraceCommand;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The command as a user types it, in a process of its own. */
class LabCommandIT {
  private record Run(int status, String out, String err) {}

  @Test
  void aProgramSeesTheLabsNetworkAndNamesAndItsExitCodeIsPassedOn() throws Exception {
    Inside.assumeLab();
    Run run = lab("--", "sh", "-c", "getent ahostsv4 api.kraken.com; cat /proc/net/dev; exit 7");
    assertThat(run.out()).contains("198.19.").contains("lab0").doesNotContain("eth0");
    assertThat(run.status()).isEqualTo(7);
  }

  @Test
  void mtrShowsTheNamesOfCarriersRouters() throws Exception {
    Inside.assumeLab();
    Inside.assumeProgram("mtr");
    Run run = lab("--", "mtr", "-4", "-r", "-w", "-c", "3", "-i", "0.2", "api.kraken.com");
    assertThat(run.out()).contains("gw.nwrknj01.us.example-access.net").contains(".dublir");
  }

  @Test
  void tracerouteShowsTheLabelsOfRoutersThatSwitchThem() throws Exception {
    Inside.assumeLab();
    Inside.assumeProgram("traceroute");
    Run run = lab("--", "traceroute", "-4", "-e", "-I", "-n", "api.kraken.com");
    assertThat(run.out()).containsPattern("<MPLS:L=24\\d\\d\\d,E=0,S=1,T=1>");
  }

  @Test
  void aFiredEventIsFeltInside() throws Exception {
    Inside.assumeLab();
    Inside.assumeProgram("ping");
    Run run =
        lab(
            "--fire",
            "outage api.kraken.com",
            "--",
            "ping",
            "-c",
            "1",
            "-W",
            "1",
            "api.kraken.com");
    assertThat(run.out()).contains("100% packet loss");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void theAddressPlanCanBeListedWithoutPrivileges() throws Exception {
    Run run = lab("--list");
    assertThat(run.status()).isZero();
    assertThat(run.out().lines()).hasSize(101);
    assertThat(run.out()).contains("api.kraken.com").contains("Dublin").contains("198.18.0.53");
  }

  @Test
  void aProgramThatDoesNotExistIsNamed() throws Exception {
    Inside.assumeLab();
    Run run = lab("--", "no-such-program");
    assertThat(run.err()).contains("no-such-program").doesNotContain("\tat ");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void aMistakeInAScenarioIsShownWithFileAndPointer() throws Exception {
    String file = "src/test/resources/io/nettrace/lab/scenario/bad/unknown-hop.json";
    Run run = lab("--scenario", file, "--", "true");
    assertThat(run.err()).contains(file).contains("/destinations/0/route/steps/1/hops/0");
    assertThat(run.status()).isEqualTo(2);
  }

  private static Run lab(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", "")));
    command.addAll(List.of(NetTraceCommand.class.getName(), "lab"));
    command.addAll(List.of(arguments));
    Path err = Files.createTempFile("lab-command", ".err");
    Process process = new ProcessBuilder(command).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    String said = Files.readString(err);
    Files.delete(err);
    return new Run(status, out, said);
  }
}
