package io.nettrace.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The web server in a JVM of its own, with a heap of its own: when memory runs out it ends and is
 * started again, and everything else goes on. Its settings, secrets among them, go to it through
 * its standard input and not by its command line; when that input ends it knows that this process
 * is gone, and ends too.
 */
final class ServerProcess {
  /** What the server writes, alone on a line, once it serves. */
  static final String SERVING = "serving";

  /** What it writes before the reason why it cannot. */
  static final String REFUSED = "refused ";

  private static final Logger LOG = Logger.getLogger(ServerProcess.class.getName());
  private static final String OURS = "nettrace.";
  private static final Duration STOP_LIMIT = Duration.ofSeconds(4);
  private static final Duration ASKED_EVERY = Duration.ofSeconds(10);
  private static final int HANGS_AFTER = 6;
  private static final int CARRIERS = Math.max(16, 4 * Runtime.getRuntime().availableProcessors());

  private final CompletableFuture<Void> serving = new CompletableFuture<>();

  private ServerProcess() {}

  /**
   * Ends what a killed launcher left serving. It holds the ports, so this comes before they are
   * asked for.
   */
  static void endLeftover(Path data) throws IOException {
    Path pid = pidFile(data);
    Processes.named(pid, "java").ifPresent(left -> Processes.stop(left, STOP_LIMIT));
    Files.deleteIfExists(pid);
  }

  /** Returns when it serves. */
  static SupervisedProcess start(StartSettings settings, Path jar, Path war)
      throws IOException, StartFailure, InterruptedException {
    ServerProcess talk = new ServerProcess();
    SupervisedProcess server =
        new SupervisedProcess(
            "web server", command(settings, jar, war), true, STOP_LIMIT, talk::begin);
    server.launch();
    try {
      talk.serving.get();
      return server;
    } catch (ExecutionException e) {
      server.close();
      Throwable cause = e.getCause();
      throw new StartFailure(String.valueOf((cause == null ? e : cause).getMessage()), e);
    } catch (InterruptedException e) {
      server.close();
      throw e;
    }
  }

  /** Ends the server, which is then started again, when it does not say that it lives. */
  static Watchdog watch(SupervisedProcess server, URI operations) {
    return new Watchdog(
        operations.resolve("/health/live"),
        ASKED_EVERY,
        HANGS_AFTER,
        () -> {
          LOG.log(
              Level.SEVERE,
              "The web server has not answered /health/live for {0} s; it is ended",
              ASKED_EVERY.multipliedBy(2L * HANGS_AFTER).toSeconds());
          server.kill();
        });
  }

  static Path pidFile(Path data) {
    return data.resolve("payara").resolve("pid");
  }

  private static List<String> command(StartSettings settings, Path jar, Path war) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                // the optimising compiler waits for what is really hot: a third of the start's CPU
                // time less
                "-XX:Tier4InvocationThreshold=30000",
                "-XX:Tier4MinInvocationThreshold=10000",
                "-XX:Tier4CompileThreshold=60000",
                "-XX:Tier4BackEdgeThreshold=200000",
                // a virtual thread that loads a class holds its carrier; with as many carriers as
                // processors those that wait for a class could hold all
                "-Djdk.virtualThreadScheduler.parallelism=" + CARRIERS,
                "-Xmx" + settings.web().heapMebibytes() + "m",
                "-XX:+ExitOnOutOfMemoryError"));
    command.addAll(settings.web().jvmOptions());
    command.addAll(List.of("-jar", jar.toString(), Server.ARGUMENT, war.toString()));
    return command;
  }

  /** Tells a new process its settings and listens to it. */
  private void begin(Process process) {
    Thread.ofPlatform().daemon().name("web-server-talk").start(() -> talk(process));
  }

  private void talk(Process process) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      OutputStream settings = process.getOutputStream(); // stays open as long as this process lives
      ours().store(settings, null);
      settings.write((Server.END_OF_SETTINGS + "\n").getBytes(StandardCharsets.ISO_8859_1));
      settings.flush();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        hear(line);
      }
    } catch (IOException e) {
      LOG.log(Level.FINE, "the web server's pipe ended", e);
    }
    serving.completeExceptionally(
        new IllegalStateException(
            "The web server ended before it served; what it logged stands above."));
  }

  private void hear(String line) {
    if (line.equals(SERVING)) {
      if (!serving.complete(null)) {
        LOG.info("The web server serves again");
      }
    } else if (line.startsWith(REFUSED)) {
      String reason = line.substring(REFUSED.length()).translateEscapes();
      if (!serving.completeExceptionally(new IllegalStateException(reason))) {
        LOG.log(Level.WARNING, "The web server cannot start: {0}", reason);
      }
    }
  }

  private static Properties ours() {
    Properties properties = new Properties();
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith(OURS))
        .forEach(name -> properties.setProperty(name, System.getProperty(name)));
    return properties;
  }
}
