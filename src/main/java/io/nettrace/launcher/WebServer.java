package io.nettrace.launcher;

import fish.payara.micro.BootstrapException;
import fish.payara.micro.PayaraMicro;
import fish.payara.micro.PayaraMicroRuntime;
import io.nettrace.platform.log.ConsoleLog;
import io.nettrace.platform.log.StartRefusal;
import io.nettrace.platform.secret.KeyStoreFile;
import io.nettrace.platform.secret.UnusableKeyException;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Payara Micro in this JVM, with the web application at the root of its {@link Listeners}. */
final class WebServer implements AutoCloseable {
  private static final Duration HEALTH_LIMIT = Duration.ofSeconds(5);

  private final PayaraMicroRuntime runtime;
  private final URI operations;

  private WebServer(PayaraMicroRuntime runtime, URI operations) {
    this.runtime = runtime;
    this.operations = operations;
  }

  /** Boots the server without an application; {@link #deploy} adds it. */
  static WebServer boot(Settings settings) throws StartFailure, IOException {
    Path home = settings.data().resolve("payara");
    // a kept root folder remembers the application and would start yesterday's
    delete(home.resolve("root"));
    Files.createDirectories(home.resolve("root"));
    // without unpacking, multi-release jars are not honoured and records serialise as {}
    PayaraMicro.setUpackedJarDir(Files.createDirectories(home.resolve("unpacked")).toFile());
    Optional<KeyStoreFile> certificate = certificate(settings, home);
    try {
      PayaraMicro.unpackJars();
      PayaraMicroRuntime runtime =
          PayaraMicro.getInstance()
              .setRootDir(home.resolve("root").toFile())
              .setHttpPort(settings.web().port())
              .setNoHazelcast(true)
              .setLogPropertiesFile(
                  Files.write(home.resolve("logging.properties"), ConsoleLog.properties()).toFile())
              .setPrintLogo(false)
              .setPreBootHandler(commands -> Listeners.configure(commands, settings, certificate))
              .bootStrap();
      return new WebServer(runtime, settings.web().operationsRoot());
    } catch (BootstrapException e) {
      throw new StartFailure("Payara Micro did not start: " + e.getMessage(), e);
    } catch (Exception e) {
      throw new StartFailure("Payara Micro cannot be unpacked: " + e, e);
    }
  }

  private static Optional<KeyStoreFile> certificate(Settings settings, Path home)
      throws StartFailure, IOException {
    if (settings.web().tlsFile().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          KeyStoreFile.of(
              Path.of(settings.web().tlsFile().get()),
              settings.web().tlsPassword(),
              home.resolve("tls.p12")));
    } catch (UnusableKeyException e) {
      throw new StartFailure(StartSetting.TLS_FILE.property() + ": " + e.getMessage(), e);
    }
  }

  /** Deploys the application and returns when it says that it is ready to serve. */
  void deploy(File war) throws StartFailure, InterruptedException {
    boolean deployed = runtime.deploy("nettrace", "/", war);
    if (!deployed) {
      throw refusal("The web application did not start");
    }
    int status = readiness();
    if (status != 200) {
      throw refusal(
          "The web application is not ready (%s answers %d)"
              .formatted(operations.resolve("/health/ready"), status));
    }
  }

  private static StartFailure refusal(String what) {
    return new StartFailure(StartRefusal.reason().orElse(what + "; what it logged stands above."));
  }

  @Override
  public void close() throws BootstrapException {
    try {
      runtime.shutdown();
    } catch (IllegalStateException e) {
      // on a signal Payara's own shutdown hook may have been faster
    }
  }

  private int readiness() throws StartFailure, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(operations.resolve("/health/ready")).timeout(HEALTH_LIMIT).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new StartFailure("The web server does not answer at " + operations + ": " + e, e);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
