package io.nettrace.scanner.cli;

import io.nettrace.lab.cli.FireCommand;
import io.nettrace.lab.cli.LabCommand;
import io.nettrace.prober.cli.TraceCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The scanner program: {@code nettrace run|trace|lab|fire}. */
@Command(
    name = "nettrace",
    description = "Measures how far away hosts are, hop by hop.",
    mixinStandardHelpOptions = true,
    subcommands = {TraceCommand.class, LabCommand.class, FireCommand.class, RunCommand.class})
public final class NetTraceCommand {
  private NetTraceCommand() {}

  public static void main(String[] arguments) {
    int status =
        new CommandLine(new NetTraceCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments);
    System.exit(status);
  }
}
