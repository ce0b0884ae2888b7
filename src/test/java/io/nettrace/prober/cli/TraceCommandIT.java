package io.nettrace.prober.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nettrace.geo.MmdbWriter;
import io.nettrace.lab.Inside;
import io.nettrace.scanner.cli.NetTraceCommand;
import java.io.BufferedReader;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a user types it, in the lab: {@code nettrace lab -- nettrace trace …}. */
class TraceCommandIT {
  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void inTheLab() {
    Inside.assumeLab();
  }

  @Test
  void roundsEndWithAReportOfEveryHop() throws Exception {
    Process process = start("--continuous", "--count", "3", "-i", "0.1", "api.kraken.com");
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    assertThat(out.lines().filter(line -> line.contains("  round "))).hasSize(3);
    assertThat(out)
        .contains("rounds: 3", "loss", "stddev", "gw.nwrknj01.us.example-access.net")
        .containsPattern("198\\.19\\.\\S+ +0\\.0% +3 +3 .*destination")
        .doesNotContain("\033");
  }

  @Test
  void aSignalEndsWithTheReportAndItsExitCode() throws Exception {
    Process process = start("--continuous", "-i", "0.1", "api.kraken.com");
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).contains("round 1");
      ProcessHandle trace =
          process
              .descendants()
              .filter(one -> one.children().findAny().isEmpty())
              .findFirst()
              .orElseThrow();
      assertThat(new ProcessBuilder("kill", "-TERM", "" + trace.pid()).start().waitFor()).isZero();
      assertThat(out.readAllAsString()).contains("rounds: ", "stddev");
    }
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void whoIsNeverReachedIsTold() throws Exception {
    Process process =
        start("--continuous", "--count", "1", "--json", "api.kraken.com", "nowhere.invalid");
    JsonNode hosts = new ObjectMapper().readTree(process.getInputStream()).path("hosts");
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(hosts.at("/0/burst/received").asInt()).isEqualTo(1);
    assertThat(hosts.at("/1/unresolved").asText()).isNotBlank();
  }

  @Test
  void theSystemsOfHopsComeFromATable() throws Exception {
    Path table = folder.resolve("asn.mmdb");
    Map<String, Object> record =
        Map.of(
            "autonomous_system_number", 64_500, "autonomous_system_organization", "Access Example");
    Files.write(table, new MmdbWriter("Test-ASN", 0).add("198.18.1.0/24", record).bytes());
    Process process = start("--as-table", table.toString(), "--json", "api.kraken.com");
    JsonNode snapshot =
        new ObjectMapper().readTree(process.getInputStream()).at("/hosts/0/snapshot");
    assertThat(process.waitFor()).isZero();
    assertThat(snapshot.at("/hops/0/replies/0/place/asn").asInt()).isEqualTo(64_500);
    assertThat(snapshot.at("/as_path/0/name").asText()).isEqualTo("Access Example");
    assertThat(snapshot.path("as_path")).hasSize(1);
  }

  @Test
  void withoutPrivilegesPingSocketsShowTheHops() throws Exception {
    String out = withoutPrivileges("0 2147483647");
    assertThat(out).contains("ICMP  unprivileged", "gw.nwrknj01.us.example-access.net");
  }

  @Test
  void whereIcmpIsNotAllowedTcpIsMeasuredAndTheNoteSaysWhy() throws Exception {
    String out = withoutPrivileges("1 0");
    assertThat(out)
        .containsPattern("TCP +(unprivileged|connect)")
        .contains("note: ICMP cannot be sent here, so this is TCP", "CAP_NET_RAW")
        .doesNotContain("0 of 0");
  }

  private static String withoutPrivileges(String pingGroups) throws Exception {
    Inside.assumeProgram("setpriv");
    String script = "echo $0 > /proc/sys/net/ipv4/ping_group_range && exec \"$@\"";
    Process process =
        run(
            List.of(
                List.of("sh", "-c", script, pingGroups),
                List.of("setpriv", "--bounding-set", "-net_raw", "--inh-caps", "-all")),
            "api.kraken.com");
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }

  private static Process start(String... arguments) throws Exception {
    return run(List.of(), arguments);
  }

  private static Process run(List<List<String>> wrappers, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(program("lab", "--"));
    wrappers.forEach(command::addAll);
    command.addAll(program("trace", arguments));
    return new ProcessBuilder(command).redirectError(new File("/dev/null")).start();
  }

  private static List<String> program(String subcommand, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", "")));
    command.addAll(List.of(NetTraceCommand.class.getName(), subcommand));
    command.addAll(List.of(arguments));
    return command;
  }
}
