package io.nettrace.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What the launcher itself needs to know. A setting is looked up as a system property, then as an
 * environment variable, then in {@code nettrace.properties}; the web application sees the same
 * values. What was said to Maven with {@code -D} arrives in a file that {@code
 * nettrace.command-line} names.
 */
record Settings(
    Path data,
    Web web,
    int databasePort,
    Optional<ExternalDatabase> database,
    Network network,
    boolean scanner,
    ScannerOptions scannerOptions,
    Optional<String> targetsFile,
    boolean exitWithParent) {

  /**
   * Where the web server listens, and what it may take.
   *
   * @param tlsPort 0 for none
   * @param tlsFile certificate and key
   * @param scannersPort 0 for none
   */
  record Web(
      String address,
      int port,
      int maxConnections,
      int tlsPort,
      Optional<String> tlsFile,
      String tlsPassword,
      String operationsAddress,
      int operationsPort,
      String scannersAddress,
      int scannersPort,
      int heapMebibytes,
      List<String> jvmOptions) {

    /** Where this machine reaches the public listener. */
    URI root() {
      return root(address, port);
    }

    /** Where this machine reaches the listener of operations. */
    URI operationsRoot() {
      return root(operationsAddress, operationsPort);
    }

    private static URI root(String address, int port) {
      String host =
          switch (address) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::" -> "[::1]";
            default -> address.contains(":") ? "[" + address + "]" : address;
          };
      return URI.create("http://" + host + ":" + port);
    }
  }

  /** What is handed to the local scanner as it is; the scanner checks it. */
  record ScannerOptions(
      int heapMebibytes,
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
  }

  /**
   * Reads every setting, or refuses with the name, the value and the remedy of the first bad one.
   */
  static Settings read() throws StartFailure {
    String commandLine = System.getProperty("nettrace.command-line");
    if (commandLine != null) {
      adoptFile(Path.of(commandLine));
    }
    adoptFile(
        Path.of(
            System.getProperty(StartSetting.CONFIG.property(), StartSetting.CONFIG.standard())));
    Optional<ExternalDatabase> database = externalDatabase();
    return new Settings(
        Path.of(value(StartSetting.DATA)).toAbsolutePath(),
        webServer(),
        number(StartSetting.DB_PORT, 1, 65535),
        database,
        network(database.isPresent()),
        flag(StartSetting.SCANNER_LOCAL),
        new ScannerOptions(
            number(StartSetting.SCANNER_HEAP, 32, 65536),
            text(StartSetting.VANTAGE_POINT),
            text(StartSetting.PROBER_NETNS),
            text(StartSetting.PROBER_MODE),
            text(StartSetting.LAB_SCENARIO)),
        text(StartSetting.TARGETS_FILE),
        flag(StartSetting.EXIT_WITH_PARENT));
  }

  /** A setting of the application, as it stands; empty when unset. */
  String property(String name) {
    String value = System.getProperty(name, System.getenv(StartSetting.variable(name)));
    return value == null ? "" : value.strip();
  }

  private static Web webServer() throws StartFailure {
    Web web =
        new Web(
            value(StartSetting.HTTP_ADDRESS),
            number(StartSetting.HTTP_PORT, 1, 65535),
            number(StartSetting.HTTP_CONNECTIONS, 16, 1_000_000),
            number(StartSetting.TLS_PORT, 0, 65535),
            text(StartSetting.TLS_FILE),
            value(StartSetting.TLS_PASSWORD),
            value(StartSetting.OPERATIONS_ADDRESS),
            number(StartSetting.OPERATIONS_PORT, 1, 65535),
            value(StartSetting.SCANNERS_ADDRESS),
            number(StartSetting.SCANNERS_PORT, 0, 65535),
            number(StartSetting.SERVER_HEAP, 192, 1 << 20),
            text(StartSetting.SERVER_JVM_OPTIONS)
                .map(options -> List.of(options.split("\\s+")))
                .orElse(List.of()));
    if (web.tlsPort() > 0 && web.tlsFile().isEmpty()) {
      throw bad(StartSetting.TLS_FILE, "");
    }
    return web;
  }

  private static Optional<ExternalDatabase> externalDatabase() throws StartFailure {
    Optional<String> url = text(StartSetting.DB_URL);
    if (url.isEmpty()) {
      return Optional.empty();
    }
    if (!url.get().startsWith("jdbc:postgresql://")) {
      throw bad(StartSetting.DB_URL, url.get());
    }
    return Optional.of(
        new ExternalDatabase(
            url.get(), value(StartSetting.DB_USER), value(StartSetting.DB_PASSWORD)));
  }

  private static Network network(boolean externalDatabase) throws StartFailure {
    String word = value(StartSetting.NETWORK);
    Network network =
        Stream.of(Network.values())
            .filter(candidate -> candidate.word().equals(word))
            .findFirst()
            .orElseThrow(() -> bad(StartSetting.NETWORK, word));
    // Simulated measurements never slip into a database that somebody keeps on purpose.
    return network == Network.AUTO && externalDatabase ? Network.REAL : network;
  }

  private static int number(StartSetting setting, int least, int most) throws StartFailure {
    String value = value(setting);
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // answered below, like a number out of range
    }
    throw bad(setting, value);
  }

  private static boolean flag(StartSetting setting) throws StartFailure {
    String value = value(setting);
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw bad(setting, value);
    };
  }

  private static StartFailure bad(StartSetting setting, String value) {
    return new StartFailure(
        "%s is '%s', but must be %s. Set it with -D%s=…, %s=… in the environment, or in %s."
            .formatted(
                setting.property(),
                value,
                setting.accepts(),
                setting.property(),
                setting.variable(),
                StartSetting.CONFIG.standard()));
  }

  private static String value(StartSetting setting) {
    return text(setting).orElse(setting.standard());
  }

  private static Optional<String> text(StartSetting setting) {
    return Stream.of(System.getProperty(setting.property()), System.getenv(setting.variable()))
        .filter(value -> value != null && !value.isBlank())
        .map(String::strip)
        .findFirst();
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
        .filter(name -> !environment.containsKey(StartSetting.variable(name)))
        .forEach(name -> System.setProperty(name, properties.getProperty(name)));
  }
}
