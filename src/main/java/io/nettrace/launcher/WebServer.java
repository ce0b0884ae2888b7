package io.nettrace.launcher;

import fish.payara.micro.BootstrapException;
import fish.payara.micro.PayaraMicro;
import fish.payara.micro.PayaraMicroRuntime;
import io.nettrace.platform.log.ConsoleLog;
import io.nettrace.platform.log.StartRefusal;
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
import java.util.stream.Stream;

/** Payara Micro in this JVM, with the web application at the root of its one HTTP port. */
final class WebServer implements AutoCloseable {
  private static final String LISTENER =
      "configs.config.server-config.network-config.network-listeners.network-listener.http-listener";
  private static final String HTTP =
      "configs.config.server-config.network-config.protocols.protocol.http-listener.http";
  private static final String PHONE_HOME =
      "configs.config.server-config.phone-home-runtime-configuration";
  private static final String COMPRESSED =
      "application/json,application/problem+json,text/csv,text/plain,text/html,application/yaml";
  private static final Duration HEALTH_LIMIT = Duration.ofSeconds(5);

  private final PayaraMicroRuntime runtime;
  private final URI root;

  private WebServer(PayaraMicroRuntime runtime, URI root) {
    this.runtime = runtime;
    this.root = root;
  }

  /** Boots the server without an application; {@link #deploy} adds it. */
  static WebServer boot(Settings settings) throws StartFailure, IOException {
    Ports.requireFree(
        settings.httpAddress(), settings.httpPort(), "nettrace.http.port", "the web server");
    Path home = settings.data().resolve("payara");
    // a kept root folder remembers the application and would start yesterday's
    delete(home.resolve("root"));
    Files.createDirectories(home.resolve("root"));
    // without unpacking, multi-release jars are not honoured and records serialise as {}
    PayaraMicro.setUpackedJarDir(Files.createDirectories(home.resolve("unpacked")).toFile());
    try {
      PayaraMicro.unpackJars();
      PayaraMicroRuntime runtime =
          PayaraMicro.getInstance()
              .setRootDir(home.resolve("root").toFile())
              .setHttpPort(settings.httpPort())
              .setNoHazelcast(true)
              .setLogPropertiesFile(
                  Files.write(home.resolve("logging.properties"), ConsoleLog.properties()).toFile())
              .setPrintLogo(false)
              .setPreBootHandler(
                  commands -> {
                    commands.run("set", LISTENER + ".address=" + settings.httpAddress());
                    commands.run("set", HTTP + ".xpowered-by=false");
                    commands.run("set", HTTP + ".server-header=false");
                    commands.run("set", PHONE_HOME + ".enabled=false");
                    commands.run("set", HTTP + ".compression=on");
                    commands.run("set", HTTP + ".compressable-mime-type=" + COMPRESSED);
                    commands.run("set", HTTP + ".compression-min-size-bytes=1024");
                  })
              .bootStrap();
      return new WebServer(runtime, root(settings));
    } catch (BootstrapException e) {
      throw new StartFailure("Payara Micro did not start: " + e.getMessage(), e);
    } catch (Exception e) {
      throw new StartFailure("Payara Micro cannot be unpacked: " + e, e);
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
              .formatted(root.resolve("/health/ready"), status));
    }
  }

  private static StartFailure refusal(String what) {
    return new StartFailure(StartRefusal.reason().orElse(what + "; what it logged stands above."));
  }

  URI root() {
    return root;
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
        HttpRequest.newBuilder(root.resolve("/health/ready")).timeout(HEALTH_LIMIT).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new StartFailure("The web server does not answer at " + root + ": " + e, e);
    }
  }

  private static URI root(Settings settings) {
    String address = settings.httpAddress();
    boolean any = address.equals("0.0.0.0") || address.equals("::");
    return URI.create("http://" + (any ? "127.0.0.1" : address) + ":" + settings.httpPort());
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
