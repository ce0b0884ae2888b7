package io.nettrace.lab.cli;

import io.nettrace.lab.scenario.ScheduledEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fire [at 5s] outage api.kraken.com [for 30s]}: lets something happen in a running lab. */
@Command(
    name = "fire",
    description = "Lets something happen in the lab that a running NetTrace measures.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Events, each with 'at 5s' before it and 'for 30s' behind it where wanted:",
      "  route-flip <host>[,<host>] <route>          other routers on the way",
      "  delay-step <place> <delay>                  such as 20ms, added",
      "  loss <place> <ratio>                        from 0 to 1",
      "  outage <place>                              nothing passes",
      "  answer-change <host> <address>[,<address>]  what DNS answers",
      "  restore <place>                             ends what was fired there",
      "Hosts: nettrace lab --list; places and routes stand in its scenario."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it happens",
      "1:no lab listens",
      "2:the event is wrong, or the lab does not know its host, place or route"
    })
public final class FireCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--socket",
      paramLabel = "<file>",
      description = "Where that lab listens (default: ${DEFAULT-VALUE}).")
  private Path socket = Path.of("data", "spool", LabControl.SOCKET);

  @Parameters(
      arity = "1..*",
      paramLabel = "<event>",
      description = "Such as: outage api.kraken.com for 30s")
  private List<String> event = List.of();

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("picocli runs this command");
    }
    String text = String.join(" ", event);
    checkWords(text, spec.commandLine());
    PrintWriter err = spec.commandLine().getErr();
    try (SocketChannel lab = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      lab.write(StandardCharsets.UTF_8.encode(text + "\n"));
      String answer = LabControl.readLine(lab);
      if (answer.equals(LabControl.DONE)) {
        return CommandLine.ExitCode.OK;
      }
      err.println(answer);
      return CommandLine.ExitCode.USAGE;
    } catch (IOException e) {
      err.println(
          "No lab listens at "
              + socket
              + " ("
              + e.getMessage()
              + "). Is NetTrace running in the lab?");
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** Wrong words are told whether a lab listens or not. */
  private static void checkWords(String text, CommandLine command) {
    try {
      ScheduledEvent _ = EventText.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(command, String.valueOf(e.getMessage()), e);
    }
  }
}
