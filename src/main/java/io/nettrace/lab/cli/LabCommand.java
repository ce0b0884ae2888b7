package io.nettrace.lab.cli;

import io.nettrace.lab.Lab;
import io.nettrace.lab.scenario.Scenario;
import io.nettrace.lab.topology.Profile;
import io.nettrace.lab.topology.Topologies;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lab [options] -- program [arguments]}: runs a program in a simulated internet. */
@Command(
    name = "lab",
    description = "Runs a program inside a simulated internet.",
    mixinStandardHelpOptions = true)
public final class LabCommand implements Callable<Integer> {
  @Option(names = "--seed", description = "Generate the internet from this seed.")
  private long seed = 42;

  @Option(names = "--profile", description = "Of a generated internet: clean or real.")
  private String profile = "clean";

  @Option(names = "--targets", description = "Destinations of a generated internet.")
  private int targets = 100;

  @Parameters(description = "The program and its arguments, after --.")
  private List<String> command = List.of();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Scenario scenario =
        Topologies.generate(seed, Profile.valueOf(profile.toUpperCase(Locale.ROOT)), targets);
    try (Lab lab = Lab.start(scenario)) {
      return Guest.start(lab, command).waitFor();
    }
  }

  public static void main(String[] args) {
    System.exit(new CommandLine(new LabCommand()).execute(args));
  }
}
