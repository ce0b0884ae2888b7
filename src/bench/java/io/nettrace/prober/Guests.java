package io.nettrace.prober;

import io.nettrace.lab.Lab;
import io.nettrace.posix.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Runs other programs inside a lab. */
final class Guests {
  private Guests() {}

  /** Starts all commands at once and returns what they printed; empty when one is missing. */
  static List<String> run(Lab lab, List<List<String>> commands) throws InterruptedException {
    List<String> outputs = new ArrayList<>();
    Thread guest =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    NetworkNamespace.enter(lab.namespace());
                    outputs.addAll(runHere(commands));
                  } catch (IOException | UncheckedIOException e) {
                    System.out.println("left out: " + e.getMessage());
                  }
                });
    guest.join();
    return outputs;
  }

  private static List<String> runHere(List<List<String>> commands) throws IOException {
    List<Process> processes = new ArrayList<>();
    for (List<String> command : commands) {
      processes.add(
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
    }
    List<String> outputs = new ArrayList<>();
    for (Process process : processes) {
      outputs.add(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }
    return outputs;
  }
}
