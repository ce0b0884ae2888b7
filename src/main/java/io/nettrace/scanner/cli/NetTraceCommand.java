package io.nettrace.scanner.cli;

import io.nettrace.lab.cli.FireCommand;
import io.nettrace.lab.cli.LabCommand;
import io.nettrace.prober.cli.TraceCommand;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IVersionProvider;

/** The scanner program: {@code nettrace run|trace|lab|fire}. */
@Command(
    name = "nettrace",
    description = "Measures how far away hosts are, hop by hop.",
    mixinStandardHelpOptions = true,
    versionProvider = NetTraceCommand.Version.class,
    subcommands = {TraceCommand.class, LabCommand.class, FireCommand.class, RunCommand.class},
    footer = {
      "",
      "Commands of the operator, for the NetTrace that runs on this machine:",
      "  tenants  Lists tenants with plan and state.",
      "  plan     Puts a tenant on a plan.",
      "  suspend  Has a tenant's people and keys refused.",
      "  resume   Has them served again.",
      "  delete   Deletes a tenant when its grace is over.",
      "  restore  Brings back a tenant that is being deleted.",
      "  erase    Ends the grace of a tenant that is being deleted.",
      "  declare  Makes tenants what files declare them to be."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:it failed, or a host was not reached; one sentence says why",
      "2:an option, argument or file is wrong"
    })
public final class NetTraceCommand {
  private NetTraceCommand() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** What is wrong is one sentence, not a stack trace. */
  static CommandLine commandLine() {
    return new CommandLine(new NetTraceCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(
            (wrong, _) -> {
              CommandLine command = wrong.getCommandLine();
              tell(command, wrong);
              String name = command.getCommandSpec().qualifiedName();
              command.getErr().println("Try '" + name + " --help'.");
              return ExitCode.USAGE;
            })
        .setExecutionExceptionHandler(
            (failure, command, _) -> {
              tell(command, failure);
              return ExitCode.SOFTWARE;
            });
  }

  private static void tell(CommandLine command, Exception failure) {
    PrintWriter err = command.getErr();
    String sentence = Optional.ofNullable(failure.getMessage()).orElse(failure.toString());
    err.println(command.getCommandSpec().name() + ": " + sentence);
    err.flush();
  }

  /** Version and commit, where the build wrote them into the manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      Package program = NetTraceCommand.class.getPackage();
      String version = Optional.ofNullable(program.getImplementationVersion()).orElse("unreleased");
      String commit =
          Optional.ofNullable(program.getImplementationVendor())
              .filter(text -> !text.isBlank())
              .map(text -> " (" + text + ")")
              .orElse("");
      return new String[] {
        "nettrace " + version + commit + ", Java " + Runtime.version().feature()
      };
    }
  }
}
