package io.nettrace.launcher;

import io.nettrace.platform.log.ConsoleLog;
import io.nettrace.platform.secret.Secrets;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The program behind plain {@code mvn}. It holds the data folder, starts database, web server and
 * scanner in this order, says where to look, and on any signal closes them in the opposite order.
 */
public final class Launcher {
  private static final PrintStream CONSOLE = System.out;
  private static final PrintStream ERRORS = System.err;
  private static final PrintStream NOWHERE =
      new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  private static final Pattern HOST = Pattern.compile("\"host\"\\s*:\\s*\"([^\"]+)\"");

  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private boolean stopping;

  private Launcher() {}

  /**
   * Arguments: the web application's archive, or {@link Server#ARGUMENT} and the archive in the
   * process of the web server. Exits with 1 when the start cannot work, with 2 when a setting is
   * wrong.
   */
  public static void main(String[] arguments) {
    if (arguments[0].equals(Server.ARGUMENT)) {
      Server.main(new File(arguments[1]));
      return;
    }
    Launcher launcher = new Launcher();
    Runtime.getRuntime().addShutdownHook(new Thread(launcher::stop, "stop"));
    try {
      launcher.start(new File(arguments[0]));
      new CountDownLatch(1).await(); // everything that works is in processes of its own
    } catch (StartFailure e) {
      refuse("NetTrace cannot start. " + e.getMessage(), e.status());
    } catch (IOException | InterruptedException e) {
      refuse("NetTrace cannot start: " + e, 1);
    }
  }

  private static void refuse(String reason, int status) {
    System.setErr(NOWHERE);
    ERRORS.println("\n" + reason + "\n");
    System.exit(status);
  }

  private void start(File war) throws StartFailure, IOException, InterruptedException {
    List<String> warnings = checkSettings(war.toPath());
    StartSettings settings = StartSettings.read();
    if (settings.exitWithParent()) {
      exitWithParent();
    }
    DataFolder.close(settings.data());
    keep(DataFolder.hold(settings.data()));
    DataFolder.requireRoom(settings.data(), settings.database().isEmpty());
    ConsoleLog.configure();
    // what libraries print rather than log is not for the operator
    System.setOut(NOWHERE);
    Secrets secrets = new Secrets(settings.data().resolve("secrets"));
    ServerProcess.endLeftover(settings.data());
    requireFreePorts(settings.web());
    boolean simulated = simulated(settings);

    say("Starting NetTrace. Data is kept in " + settings.data());
    warnings.forEach(Launcher::say);
    Warnings.of(settings).forEach(Launcher::say);
    connectDatabase(settings, secrets);
    String operations = settings.web().operationsRoot().toString();
    System.setProperty("nettrace.data", settings.data().toString());
    System.setProperty("nettrace.canary.root", operations);
    Path scannerJar = installation().resolve("nettrace-scanner.jar");
    LocalVantagePoint local = LocalVantagePoint.of(settings, scannerJar, simulated);
    if (settings.scanner()) {
      var _ = secrets.file(LocalVantagePoint.SECRET); // made before the server asks for it
      System.setProperty(LocalVantagePoint.PROPERTY, local.property());
    }
    SupervisedProcess server =
        ServerProcess.start(
            settings, installation().resolve("nettrace-launcher.jar"), war.toPath());
    keep(server);
    keep(ServerProcess.watch(server, URI.create(operations)));
    if (settings.scanner()) {
      keep(
          ScannerProcess.start(
              settings, scannerJar, secrets.file(LocalVantagePoint.SECRET), operations, local));
    }
    welcome(settings, simulated);
  }

  /** Refuses what is wrong; returns what is told although nothing is. */
  private static List<String> checkSettings(Path war) throws StartFailure, IOException {
    StartSettings.adoptFiles();
    try (ApplicationSettings application = ApplicationSettings.in(war)) {
      WrongSettings.refuse(WrongSettings.ofAll(application));
      return Warnings.ofUnknown(application.names());
    }
  }

  private static void requireFreePorts(StartSettings.Web web) throws StartFailure {
    Ports.requireFree(web.address(), web.port(), StartSetting.HTTP_PORT, "the web server");
    Ports.requireFree(
        web.operationsAddress(),
        web.operationsPort(),
        StartSetting.OPERATIONS_PORT,
        "operators and the scanner");
    if (web.tlsPort() > 0) {
      Ports.requireFree(web.address(), web.tlsPort(), StartSetting.TLS_PORT, "HTTPS");
    }
    if (web.scannersPort() > 0) {
      Ports.requireFree(
          web.scannersAddress(),
          web.scannersPort(),
          StartSetting.SCANNERS_PORT,
          "scanners elsewhere");
    }
  }

  private void connectDatabase(StartSettings settings, Secrets secrets)
      throws StartFailure, IOException, InterruptedException {
    if (settings.database().isPresent()) {
      ExternalDatabase database = settings.database().get();
      database.require(ExternalDatabase.PATIENCE, Launcher::say);
      announce(database.url(), database.user(), database.password());
    } else {
      EmbeddedDatabase database =
          EmbeddedDatabase.start(settings.data(), settings.databasePort(), secrets);
      keep(database);
      announce(database.url(), database.user(), database.password());
    }
  }

  private static void announce(String url, String user, String password) {
    System.setProperty("nettrace.db.url", url);
    System.setProperty("nettrace.db.user", user);
    System.setProperty("nettrace.db.password", password);
  }

  private static boolean simulated(StartSettings settings)
      throws IOException, InterruptedException {
    return switch (settings.network()) {
      case REAL -> false;
      case LAB -> true;
      case AUTO -> !NetworkChoice.anyResolves(hosts(settings));
    };
  }

  /** Only the names are needed here; the web application checks the file. */
  private static List<String> hosts(StartSettings settings) throws IOException {
    String json;
    if (settings.targetsFile().isPresent()) {
      json = Files.readString(Path.of(settings.targetsFile().get()));
    } else {
      try (var in = Launcher.class.getResourceAsStream("/targets.json")) {
        json = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
    return HOST.matcher(json).results().map((MatchResult match) -> match.group(1)).toList();
  }

  /** Maven cannot pass its own death on; so this process looks after it. */
  private static void exitWithParent() {
    ProcessHandle.current()
        .parent()
        .ifPresent(
            parent -> {
              var _ = parent.onExit().thenRun(() -> System.exit(0));
            });
  }

  private synchronized void keep(AutoCloseable part) {
    running.push(part);
    if (stopping) {
      stop();
    }
  }

  private synchronized void stop() {
    stopping = true;
    for (AutoCloseable part : running) {
      if (part instanceof SupervisedProcess process) {
        process.release(); // a signal may have ended it before this process could
      }
    }
    while (!running.isEmpty()) {
      try {
        running.pop().close();
      } catch (Exception e) {
        ERRORS.println("While stopping: " + e);
      }
    }
  }

  private static Path installation() throws StartFailure {
    try {
      Path jar =
          Path.of(Launcher.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return Objects.requireNonNull(jar.getParent(), "the launcher is in a file of a folder");
    } catch (URISyntaxException e) {
      throw new StartFailure("The installation folder cannot be found: " + e.getMessage(), e);
    }
  }

  private static void welcome(StartSettings settings, boolean simulated) throws IOException {
    Path keyFile = settings.data().resolve("demo-api-key");
    String root = settings.web().root().toString();
    say("");
    say("NetTrace is running at " + root);
    say(
        simulated
            ? "It measures the built-in lab, a simulated internet: every result says simulated."
            : "It measures the real network from this machine.");
    if (Files.exists(keyFile)) {
      // the key itself would stay in journals that others read
      say("Demo API key: in " + keyFile);
      say(
          "Try:  curl -H \"X-API-Key: $(cat '%s')\" %s/api/v1/latency/www.nyse.com"
              .formatted(keyFile, root));
    }
    say(
        "API document: "
            + root
            + "/openapi   Health: "
            + settings.web().operationsRoot()
            + "/health   Stop: Ctrl-C");
    say("");
  }

  private static void say(String line) {
    CONSOLE.println(line);
    CONSOLE.flush();
  }
}
