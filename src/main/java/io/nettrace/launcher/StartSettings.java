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
record StartSettings(
    Path data,
    Web web,
    int databasePort,
    Optional<ExternalDatabase> database,
    Network network,
    boolean scanner,
    ScannerOptions scannerOptions,
    Optional<String> targetsFile,
    boolean exitWithParent) {
  /** Where Maven's own -D are, for the launcher alone. */
  static final String COMMAND_LINE = "nettrace.command-line";

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

    /** The scanner's command line for what is set, without the name of its vantage point. */
    List<String> arguments() {
      return Stream.of(
              option("--netns", netns), option("--mode", mode), option("--scenario", scenario))
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
    LAB
  }

  /** Reads every setting, or refuses all that are wrong together. */
  static StartSettings read() throws StartFailure {
    adoptFiles();
    WrongSettings.refuse(WrongSettings.ofStart());
    boolean isDatabaseOurs = text(StartSetting.DB_URL).isEmpty();
    return new StartSettings(
        Path.of(value(StartSetting.DATA)).toAbsolutePath(),
        webServer(),
        number(StartSetting.DB_PORT),
        text(StartSetting.DB_URL)
            .map(
                url ->
                    new ExternalDatabase(
                        url, value(StartSetting.DB_USER), value(StartSetting.DB_PASSWORD))),
        network(isDatabaseOurs),
        flag(StartSetting.SCANNER_LOCAL),
        new ScannerOptions(
            number(StartSetting.SCANNER_HEAP),
            text(StartSetting.VANTAGE_POINT),
            text(StartSetting.PROBER_NETNS),
            text(StartSetting.PROBER_MODE),
            text(StartSetting.LAB_SCENARIO)),
        text(StartSetting.TARGETS_FILE),
        flag(StartSetting.EXIT_WITH_PARENT));
  }

  /** What files say becomes system properties, where nothing that goes before says otherwise. */
  static void adoptFiles() throws StartFailure {
    String commandLine = System.getProperty(COMMAND_LINE);
    if (commandLine != null) {
      adoptFile(Path.of(commandLine));
    }
    adoptFile(
        Path.of(
            System.getProperty(StartSetting.CONFIG.property(), StartSetting.CONFIG.standard())));
  }

  /** A setting of the application, as it stands; empty when unset. */
  String property(String name) {
    return text(name).orElse("");
  }

  private static Web webServer() {
    return new Web(
        value(StartSetting.HTTP_ADDRESS),
        number(StartSetting.HTTP_PORT),
        number(StartSetting.HTTP_CONNECTIONS),
        number(StartSetting.TLS_PORT),
        text(StartSetting.TLS_FILE),
        value(StartSetting.TLS_PASSWORD),
        value(StartSetting.OPERATIONS_ADDRESS),
        number(StartSetting.OPERATIONS_PORT),
        value(StartSetting.SCANNERS_ADDRESS),
        number(StartSetting.SCANNERS_PORT),
        number(StartSetting.SERVER_HEAP),
        text(StartSetting.SERVER_JVM_OPTIONS)
            .map(options -> List.of(options.split("\\s+")))
            .orElse(List.of()));
  }

  private static Network network(boolean isDatabaseOurs) {
    Network network = Network.valueOf(value(StartSetting.NETWORK).toUpperCase(Locale.ROOT));
    // Simulated measurements never slip into a database that is kept on purpose.
    return network == Network.AUTO && !isDatabaseOurs ? Network.REAL : network;
  }

  private static int number(StartSetting setting) {
    return Integer.parseInt(value(setting));
  }

  private static boolean flag(StartSetting setting) {
    return Boolean.parseBoolean(value(setting));
  }

  static String value(StartSetting setting) {
    return text(setting).orElse(setting.standard());
  }

  static Optional<String> text(StartSetting setting) {
    return text(setting.property());
  }

  /** Any setting as it stands, by MicroProfile Config's rule. */
  static Optional<String> text(String name) {
    return Stream.of(System.getProperty(name), System.getenv(StartSetting.variable(name)))
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
      throw new StartFailure(
          "The file of settings " + file + " cannot be read: " + e.getMessage(),
          StartFailure.WRONG_SETTINGS,
          e);
    }
    Map<String, String> environment = System.getenv();
    properties.stringPropertyNames().stream()
        .filter(name -> System.getProperty(name) == null)
        .filter(name -> !environment.containsKey(StartSetting.variable(name)))
        .forEach(name -> System.setProperty(name, properties.getProperty(name)));
  }
}
