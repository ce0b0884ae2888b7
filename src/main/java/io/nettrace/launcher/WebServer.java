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
import java.lang.reflect.Field;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Payara Micro in this JVM, with the web application at the root of its {@link Listeners}. */
final class WebServer implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(WebServer.class.getName());
  private static final String READY = "/health/ready";
  private static final String ALIVE = "/health/live";
  private static final Duration HEALTH_LIMIT = Duration.ofSeconds(5);

  private static final String PAYARAS_HOOK = "Payara Micro Shutdown Hook";

  private final PayaraMicroRuntime runtime;
  private final StartSettings.Web web;
  private final Doors doors = new Doors();

  private WebServer(PayaraMicroRuntime runtime, StartSettings.Web web) {
    this.runtime = runtime;
    this.web = web;
  }

  /** Boots the server without an application; {@link #deploy} adds it. */
  static WebServer boot(StartSettings settings) throws StartFailure, IOException {
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
      removeHook();
      return new WebServer(runtime, settings.web());
    } catch (BootstrapException e) {
      throw new StartFailure("Payara Micro did not start: " + e.getMessage(), e);
    } catch (Exception e) {
      throw new StartFailure("Payara Micro cannot be unpacked: " + e, e);
    }
  }

  /**
   * Payara would stop the application on a signal while its listeners still answer; this process
   * does it in its own order.
   */
  private static void removeHook() {
    try {
      Class<?> registered = Class.forName("java.lang.ApplicationShutdownHooks");
      Field hooks = registered.getDeclaredField("hooks");
      hooks.setAccessible(true);
      List<Thread> all;
      synchronized (registered) {
        all = ((Map<?, ?>) hooks.get(null)).keySet().stream().map(Thread.class::cast).toList();
      }
      for (Thread hook : all) {
        if (hook.getName().equals(PAYARAS_HOOK)) {
          boolean _ = Runtime.getRuntime().removeShutdownHook(hook);
        }
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.log(Level.WARNING, "Payara stops by itself on a signal: {0}", e.toString());
    }
  }

  private static Optional<KeyStoreFile> certificate(StartSettings settings, Path home)
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

  /** Deploys the application and returns when it serves at all listeners. */
  void deploy(File war) throws StartFailure, InterruptedException {
    boolean deployed = runtime.deploy("nettrace", "/", war);
    // an application that refused to begin may count as deployed
    if (!deployed || StartRefusal.reason().isPresent()) {
      throw refusal("The web application did not start");
    }
    doors.open(Listeners.OPERATIONS);
    int status = status(web.operationsRoot(), READY);
    if (status != 200) {
      throw refusal("The web application is not ready (%s answers %d)".formatted(READY, status));
    }
    for (String listener : Listeners.ofOthers(web)) {
      doors.open(listener);
    }
    int _ = status(web.root(), ALIVE);
  }

  private static StartFailure refusal(String what) {
    return new StartFailure(StartRefusal.reason().orElse(what + "; what it logged stands above."));
  }

  /** Nothing of the server's own is answered while the application stops. */
  @Override
  public void close() throws BootstrapException {
    doors.close();
    try {
      runtime.shutdown();
    } catch (IllegalStateException e) {
      // it never came to run
    }
  }

  private static int status(URI root, String path) throws StartFailure, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(root.resolve(path)).timeout(HEALTH_LIMIT).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new StartFailure("The web server does not answer at " + root + ": " + e, e);
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
