package io.nettrace.scanner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class NetTraceCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void helpListsTheCommandsOfScannerAndOperatorAndTheExitCodes() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .contains("trace", "lab", "fire", "run", "tenants", "plan", "suspend", "resume")
        .contains("delete", "restore", "erase", "declare", "Exit codes:");
  }

  @Test
  void versionNamesProgramAndJava() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).startsWith("nettrace ").contains("Java 25");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trace",
        "trace --count 0 127.0.0.1",
        "trace --port 65536 127.0.0.1",
        "trace -4 -6 127.0.0.1",
        "trace --continuous --interval 0.01 127.0.0.1",
        "trace --continuous --interval NaN 127.0.0.1",
        "trace --interval 1 127.0.0.1",
        "trace --as-table /no/such/table.mmdb 127.0.0.1",
        "trace --as-table pom.xml 127.0.0.1",
        "trace a..example.com",
        "trace xn--a.example.com",
        "trace --netns /no/such/namespace 127.0.0.1",
        "run --control-plane http://127.0.0.1 --token-file /no/such/token --spool target/no-spool",
        "run --control-plane nonsense --token-file /dev/null --spool target/no-spool",
        "lab --scenario /no/such/scenario.json --list",
        "fire outage",
        "fire --socket /no/such/socket delay-step gw soon",
        "nonsense"
      })
  void whatIsWrongIsToldAtOnceInASentence(String arguments) {
    assertThat(run(arguments.split(" ", -1))).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString().lines()).hasSizeBetween(2, 3);
    assertThat(err.toString()).doesNotContain("Exception", "\tat ");
  }

  private int run(String... arguments) {
    return NetTraceCommand.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
