package io.nettrace.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the launcher itself needs to know. A setting is looked up as a system property, then as an
 * environment variable, then in {@code nettrace.properties}; the web application sees the same
 * values. What was said to Maven with {@code -D} arrives in a file that {@code
 * nettrace.command-line} names.
 */
record Settings(
    Path data,
    String httpAddress,
    int httpPort,
    int databasePort,
    Optional<ExternalDatabase> database,
    Network network,
    boolean scanner,
    ScannerOptions scannerOptions,
    Optional<String> targetsFile,
    boolean exitWithParent) {

  /** Somebody else's PostgreSQL. */
  record ExternalDatabase(String url, String user, String password) {}

  /** What is handed to the local scanner as it is; the scanner checks it. */
  record ScannerOptions(
      Optional<String> vantagePoint,
      Optional<String> netns,
      Optional<String> mode,
      Optional<String> scenario) {

    /** The scanner's command line for what is set. */
    List<String> arguments() {
      return Stream.of(
              option("--vantage-point", vantagePoint),
              option("--netns", netns),
              option("--mode", mode),
              option("--scenario", scenario))
          .flatMap(List::stream)
          .toList();
    }

    private static List<String> option(String name, Optional<String> value) {
      return value.map(text -> List.of(name, text)).orElse(List.of());
    }
  }

  /** Which network the local scanner measures. */
  enum Network {
    /** The lab when no target's name resolves, the real one otherwise. */
    AUTO,
    REAL,
    LAB;

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    private static String words() {
      return Stream.of(values()).map(Network::word).collect(Collectors.joining(", "));
    }
  }

  private static final String FILE = "nettrace.properties";

  /**
   * Reads every setting, or refuses with the name, the value and the remedy of the first bad one.
   */
  static Settings read() throws StartFailure {
    String commandLine = System.getProperty("nettrace.command-line");
    if (commandLine != null) {
      adoptFile(Path.of(commandLine));
    }
    adoptFile(Path.of(System.getProperty("nettrace.config", FILE)));
    Optional<ExternalDatabase> database = externalDatabase();
    return new Settings(
        Path.of(text("nettrace.data").orElse("data")).toAbsolutePath(),
        text("nettrace.http.address").orElse("127.0.0.1"),
        port("nettrace.http.port", 8080),
        port("nettrace.db.port", 15432),
        database,
        network(database.isPresent()),
        flag("nettrace.scanner.local", true),
        new ScannerOptions(
            text("nettrace.vantage-point"),
            text("nettrace.prober.netns"),
            text("nettrace.prober.mode"),
            text("nettrace.lab.scenario")),
        text("nettrace.targets.file"),
        flag("nettrace.exit-with-parent", false));
  }

  private static Optional<ExternalDatabase> externalDatabase() throws StartFailure {
    Optional<String> url = text("nettrace.db.url");
    if (url.isEmpty()) {
      return Optional.empty();
    }
    if (!url.get().startsWith("jdbc:postgresql://")) {
      throw bad("nettrace.db.url", url.get(), "a JDBC address such as jdbc:postgresql://host/name");
    }
    return Optional.of(
        new ExternalDatabase(
            url.get(),
            text("nettrace.db.user").orElse("nettrace"),
            text("nettrace.db.password").orElse("")));
  }

  private static Network network(boolean externalDatabase) throws StartFailure {
    String word = text("nettrace.network").orElse("auto");
    Network network =
        Stream.of(Network.values())
            .filter(candidate -> candidate.word().equals(word))
            .findFirst()
            .orElseThrow(() -> bad("nettrace.network", word, "one of " + Network.words()));
    // Simulated measurements never slip into a database that somebody keeps on purpose.
    return network == Network.AUTO && externalDatabase ? Network.REAL : network;
  }

  private static int port(String name, int otherwise) throws StartFailure {
    String value = text(name).orElse(String.valueOf(otherwise));
    try {
      int port = Integer.parseInt(value);
      if (port >= 1 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // answered below, like any other number that is no port
    }
    throw bad(name, value, "a port number from 1 to 65535");
  }

  private static boolean flag(String name, boolean otherwise) throws StartFailure {
    String value = text(name).orElse(String.valueOf(otherwise));
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw bad(name, value, "true or false");
    };
  }

  private static StartFailure bad(String name, String value, String expected) {
    return new StartFailure(
        "%s is '%s', but must be %s. Set it with -D%s=…, %s=… in the environment, or in %s."
            .formatted(name, value, expected, name, variable(name), FILE));
  }

  private static Optional<String> text(String name) {
    return Stream.of(System.getProperty(name), System.getenv(variable(name)))
        .filter(value -> value != null && !value.isBlank())
        .map(String::strip)
        .findFirst();
  }

  /** The name of a property in the environment, by MicroProfile Config's rule. */
  private static String variable(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  private static void adoptFile(Path file) throws StartFailure {
    if (!Files.exists(file)) {
      return;
    }
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      properties.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new StartFailure("The file " + file + " cannot be read: " + e.getMessage(), e);
    }
    Map<String, String> environment = System.getenv();
    properties.stringPropertyNames().stream()
        .filter(name -> System.getProperty(name) == null)
        .filter(name -> !environment.containsKey(variable(name)))
        .forEach(name -> System.setProperty(name, properties.getProperty(name)));
  }
}
