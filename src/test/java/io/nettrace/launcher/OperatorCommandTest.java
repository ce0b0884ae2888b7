package io.nettrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class OperatorCommandTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "declare",
        "declare /no/such/file.json",
        "declare --dry-run pom.xml /no/such/file.json",
        "declare src",
        "plan acme",
        "suspend",
        "events --after yesterday",
        "jobs --limit many",
        "replay",
        "drop",
        "issue-credential",
        "rotate-credential ld4",
        "rotate-credential ld4 x --overlap-hours long",
        "revoke-credential ld4",
        "nonsense"
      })
  void whatIsWrongIsToldInASentenceBeforeTheServiceIsAsked(String arguments) {
    StringWriter err = new StringWriter();
    int code =
        OperatorCommand.commandLine()
            .setErr(new PrintWriter(err, true))
            .execute(arguments.split(" ", -1));
    assertThat(code).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString().lines()).hasSize(2);
    assertThat(err.toString()).contains("Try 'nettrace").doesNotContain("Exception", "\tat ");
  }
}
