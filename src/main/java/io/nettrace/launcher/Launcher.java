package io.nettrace.launcher;

import io.nettrace.platform.log.ConsoleLog;
import io.nettrace.platform.secret.Secrets;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
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

  /** Arguments: the web application's archive. Exits with 1 when the start cannot work. */
  public static void main(String[] arguments) {
    Launcher launcher = new Launcher();
    Runtime.getRuntime().addShutdownHook(new Thread(launcher::stop, "stop"));
    try {
      launcher.start(new File(arguments[0]));
    } catch (StartFailure e) {
      refuse("NetTrace cannot start. " + e.getMessage());
    } catch (IOException | InterruptedException e) {
      refuse("NetTrace cannot start: " + e);
    }
  }

  private static void refuse(String reason) {
    System.setErr(NOWHERE);
    ERRORS.println("\n" + reason + "\n");
    System.exit(1);
  }

  private void start(File war) throws StartFailure, IOException, InterruptedException {
    Settings settings = Settings.read();
    if (settings.exitWithParent()) {
      exitWithParent();
    }
    hold(settings.data());
    ConsoleLog.configure();
    // what libraries print rather than log is not for the operator
    System.setOut(NOWHERE);
    Secrets secrets = new Secrets(settings.data().resolve("secrets"));
    Ports.requireFree(
        settings.httpAddress(), settings.httpPort(), "nettrace.http.port", "the web server");
    boolean simulated = simulated(settings);

    say("Starting NetTrace. Data is kept in " + settings.data());
    connectDatabase(settings, secrets);
    System.setProperty("nettrace.data", settings.data().toString());
    System.setProperty("nettrace.scanner.token", secrets.read("scanner-token"));
    WebServer server = WebServer.boot(settings);
    keep(server);
    System.setProperty("nettrace.canary.root", server.root().toString());
    server.deploy(war);
    if (settings.scanner()) {
      keep(
          ScannerProcess.start(
              settings,
              installation().resolve("nettrace-scanner.jar"),
              secrets.file("scanner-token"),
              server.root().toString(),
              simulated));
    }
    welcome(settings, server, simulated);
  }

  private void connectDatabase(Settings settings, Secrets secrets)
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

  private static boolean simulated(Settings settings) throws IOException, InterruptedException {
    return switch (settings.network()) {
      case REAL -> false;
      case LAB -> true;
      case AUTO -> !NetworkChoice.anyResolves(hosts(settings));
    };
  }

  /** Only the names are needed here; the web application checks the file. */
  private static List<String> hosts(Settings settings) throws IOException {
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

  private void hold(Path data) throws StartFailure, IOException {
    Files.createDirectories(data);
    FileChannel channel =
        FileChannel.open(data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      throw new StartFailure(
          "Another NetTrace holds the data folder "
              + data
              + ". Stop it, or choose another folder with -Dnettrace.data=…");
    }
    keep(channel);
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
    // the server resets its log while it stops, and would say so in another voice
    System.setErr(NOWHERE);
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

  private static void welcome(Settings settings, WebServer server, boolean simulated)
      throws IOException {
    Path keyFile = settings.data().resolve("demo-api-key");
    String root = server.root().toString();
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
    say("API document: " + root + "/openapi   Health: " + root + "/health   Stop: Ctrl-C");
    say("");
  }

  private static void say(String line) {
    CONSOLE.println(line);
    CONSOLE.flush();
  }
}
