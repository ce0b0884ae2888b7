package io.nettrace.lab.cli;

import io.nettrace.lab.Lab;
import io.nettrace.lab.scenario.LabAddressText;
import io.nettrace.lab.scenario.LabDestination;
import io.nettrace.lab.scenario.Scenario;
import io.nettrace.lab.scenario.ScenarioFile;
import io.nettrace.lab.scenario.ScheduledEvent;
import io.nettrace.lab.topology.Atlas;
import io.nettrace.lab.topology.Gazetteer;
import io.nettrace.lab.topology.Profile;
import io.nettrace.lab.topology.Topologies;
import io.nettrace.platform.json.InvalidDocumentException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lab [options] [-- program arguments…]}: runs a program in a simulated internet. */
@Command(
    name = "lab",
    description = {
      "Runs a program inside a simulated internet: scamper, mtr, ping, a shell …",
      "Without a program it starts a shell. The exit code is the program's."
    },
    mixinStandardHelpOptions = true)
public final class LabCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--scenario",
      paramLabel = "<file>",
      description = "The internet to simulate; the shipped one when absent.")
  private @Nullable Path scenario;

  @Option(
      names = "--seed",
      paramLabel = "<n>",
      description = "Generate an internet from this seed instead.")
  private @Nullable Long seed;

  @Option(names = "--profile", description = "Of a generated internet: clean or real.")
  private Profile profile = Profile.CLEAN;

  @Option(
      names = "--targets",
      paramLabel = "<n>",
      description = "Destinations of a generated internet.")
  private int targets = 100;

  @Option(names = "--list", description = "Print the hosts with their addresses and end.")
  private boolean list;

  @Option(
      names = "--draw",
      paramLabel = "<catalogue>",
      description = "Print a scenario for the targets of a catalogue and end.")
  private @Nullable Path catalogue;

  @Option(
      names = "--places",
      paramLabel = "<catalogue>",
      description = "Print where the addresses of that scenario are, and end.")
  private @Nullable Path placesOf;

  @Option(
      names = "--fire",
      paramLabel = "<event>",
      description = "Such as 'at 5s outage api.kraken.com for 30s'; may be repeated.")
  private List<String> events = new ArrayList<>();

  @Parameters(paramLabel = "<program>", description = "What to run, after --.")
  private List<String> command = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    try {
      return answer();
    } catch (NoSuchFileException e) {
      throw new ParameterException(
          spec().commandLine(), "There is no file " + e.getFile() + ".", e);
    } catch (InvalidDocumentException | IllegalArgumentException e) {
      throw new ParameterException(spec().commandLine(), String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      spec().commandLine().getErr().println(e.getMessage());
      return ExitCode.SOFTWARE;
    }
  }

  private int answer() throws IOException, InvalidDocumentException, InterruptedException {
    if (catalogue != null) {
      print(ScenarioFile.write(Atlas.draw(catalogue)));
      return ExitCode.OK;
    }
    if (placesOf != null) {
      print(Gazetteer.draw(placesOf));
      return ExitCode.OK;
    }
    Scenario internet = internet();
    if (list) {
      print(addressPlan(internet));
      return ExitCode.OK;
    }
    return run(internet);
  }

  private int run(Scenario internet) throws IOException, InterruptedException {
    List<ScheduledEvent> scheduled = events.stream().map(EventText::parse).toList();
    try (Lab lab = Lab.start(internet)) {
      scheduled.forEach(lab::schedule);
      return Guest.await(Guest.start(lab, command.isEmpty() ? List.of(shell()) : command));
    }
  }

  private Scenario internet() throws IOException, InvalidDocumentException {
    if (seed != null) {
      return Topologies.generate(seed, profile, targets);
    }
    return scenario == null ? ScenarioFile.shipped() : ScenarioFile.read(scenario);
  }

  private static String addressPlan(Scenario internet) {
    return internet.destinations().stream()
        .map(LabCommand::line)
        .collect(Collectors.joining("", heading(internet), ""));
  }

  private static String heading(Scenario internet) {
    return "# %s, seen from %s; %d routers; names at %s%n"
        .formatted(
            internet.name(),
            internet.vantage().place(),
            internet.routers().size(),
            addresses(internet.vantage().nameservers()));
  }

  private static String line(LabDestination destination) {
    return "%-34s %9.3f ms %3d hops  %-20s %s%n"
        .formatted(
            destination.host(),
            destination.route().rttMillis(),
            destination.route().distance(),
            destination.place(),
            addresses(destination.addresses()));
  }

  private static String addresses(List<InetAddress> addresses) {
    return addresses.stream().map(LabAddressText::of).collect(Collectors.joining(" "));
  }

  private static String shell() {
    return Optional.ofNullable(System.getenv("SHELL")).orElse("/bin/sh");
  }

  private void print(String text) {
    PrintWriter out = spec().commandLine().getOut();
    out.print(text);
    out.flush();
  }

  private CommandSpec spec() {
    if (spec == null) {
      throw new IllegalStateException("picocli runs this command");
    }
    return spec;
  }
}
