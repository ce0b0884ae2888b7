package io.nettrace.launcher;

import java.util.Locale;

/**
 * The settings that are needed before the server runs: name, value when unset, what is accepted,
 * meaning. The reference of the configuration is written from this table.
 */
public enum StartSetting {
  DATA(
      "nettrace.data",
      "data",
      Form.FOLDER,
      "Folder for the embedded database, secrets and the demo key; made when missing."),
  HTTP_ADDRESS(
      "nettrace.http.address",
      "127.0.0.1",
      Form.ADDRESS,
      "Where the web server listens; 0.0.0.0 is everywhere."),
  HTTP_PORT("nettrace.http.port", "8080", Form.PORT, "And on which port."),
  HTTP_CONNECTIONS(
      "nettrace.http.max-connections",
      "4096",
      Form.whole(16, 1_000_000),
      "How many connections each listener holds at once."),
  TLS_PORT(
      "nettrace.tls.port",
      "0",
      Form.PORT_OR_NONE,
      "Where the public listener speaks HTTPS by itself, beside plain HTTP, at the same address; a"
          + " proxy in front does it better, and renews without a gap."),
  TLS_FILE(
      "nettrace.tls.file",
      "",
      Form.FILE,
      "Certificate and private key, as PKCS12, or as PEM (the server's certificate first, an"
          + " unencrypted PKCS8 key). Read again when it changes."),
  TLS_PASSWORD("nettrace.tls.password", "", Form.text("text"), "Password of a PKCS12 file."),
  OPERATIONS_ADDRESS(
      "nettrace.operations.address",
      "127.0.0.1",
      Form.ADDRESS,
      "Where operators, metrics, detailed health and the local scanner are answered; never an"
          + " address of the internet."),
  OPERATIONS_PORT("nettrace.operations.port", "8081", Form.PORT, "And on which port."),
  SCANNERS_ADDRESS(
      "nettrace.scanners.address",
      "0.0.0.0",
      Form.ADDRESS,
      "Where scanners elsewhere are answered, once nettrace.scanners.port is set."),
  SCANNERS_PORT(
      "nettrace.scanners.port",
      "0",
      Form.PORT_OR_NONE,
      "A listener for scanners elsewhere and nothing else; with TLS when nettrace.tls.file is"
          + " set."),
  SERVER_HEAP(
      "nettrace.server.heap-mebibytes",
      "768",
      Form.whole(256, 1 << 20),
      "The most memory the web server's heap may take; when that is not enough it ends and is"
          + " started again. 256 is enough for few people."),
  SERVER_JVM_OPTIONS(
      "nettrace.server.jvm-options",
      "",
      Form.text("options of the JVM, with blanks between them"),
      "More options for the web server's JVM."),
  DB_PORT("nettrace.db.port", "15432", Form.PORT, "Port of the embedded PostgreSQL, on loopback."),
  DB_URL(
      "nettrace.db.url",
      "",
      Form.matching("a JDBC address such as jdbc:postgresql://host/name", "jdbc:postgresql://.+"),
      "A PostgreSQL 15 or newer to use instead of the embedded one; it is waited for up to 30 s."),
  DB_USER("nettrace.db.user", "nettrace", Form.text("text"), "Role that owns the record there."),
  DB_PASSWORD("nettrace.db.password", "", Form.text("text"), "Password of that role."),
  NETWORK(
      "nettrace.network",
      "auto",
      Form.choice("auto", "real", "lab"),
      "What the local scanner measures: the real network, the lab, or (auto, with the embedded"
          + " database) the lab when no target's name resolves."),
  SCANNER_LOCAL(
      "nettrace.scanner.local", "true", Form.FLAG, "Whether a scanner is started on this machine."),
  SCANNER_HEAP(
      "nettrace.scanner.heap-mebibytes",
      "96",
      Form.whole(32, 65_536),
      "The most memory the local scanner's heap may take; 400 is enough for ten thousand targets"
          + " with the lab inside."),
  VANTAGE_POINT(
      "nettrace.vantage-point",
      "",
      Form.matching("1 to 63 of a-z, 0-9 and -", "[a-z0-9][a-z0-9-]{0,62}"),
      "Name of the local scanner's vantage point; it chooses one itself when unset."),
  PROBER_NETNS(
      "nettrace.prober.netns",
      "",
      Form.text("path of a network namespace such as /run/netns/name"),
      "The network namespace in which the local scanner opens its sockets."),
  PROBER_MODE(
      "nettrace.prober.mode",
      "",
      Form.choice("raw", "unprivileged", "connect"),
      "How the local scanner probes; the best mode that is permitted when unset."),
  LAB_SCENARIO(
      "nettrace.lab.scenario",
      "",
      Form.FILE,
      "The scenario of the lab instead of the one that is shipped."),
  TARGETS_FILE(
      "nettrace.targets.file",
      "",
      Form.FILE,
      "The catalogue of targets instead of the one that is shipped."),
  EXIT_WITH_PARENT(
      "nettrace.exit-with-parent",
      "false",
      Form.FLAG,
      "Whether everything stops when the process that started it ends."),
  CONFIG(
      "nettrace.config",
      "nettrace.properties",
      Form.FILE,
      "The file with settings; only as a system property.");

  private final String property;
  private final String standard;

  @SuppressWarnings("ImmutableEnumChecker") // its predicate has no state
  private final Form form;

  private final String meaning;

  StartSetting(String property, String standard, Form form, String meaning) {
    this.property = property;
    this.standard = standard;
    this.form = form;
    this.meaning = meaning;
  }

  public String property() {
    return property;
  }

  /** The name in the environment, by MicroProfile Config's rule. */
  public String variable() {
    return variable(property);
  }

  /** The value when unset; empty when there is none. */
  public String standard() {
    return standard;
  }

  public String accepts() {
    return form.accepts();
  }

  boolean takes(String text) {
    return form.takes().test(text);
  }

  public String meaning() {
    return meaning;
  }

  static String variable(String property) {
    return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }
}
