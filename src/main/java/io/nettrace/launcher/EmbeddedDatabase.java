package io.nettrace.launcher;

import io.nettrace.platform.secret.Secrets;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A PostgreSQL of our own: real binaries, durable settings, data kept in the data folder, started
 * again whenever it ends. It listens on loopback only and asks everybody for a password, from its
 * first second on.
 */
final class EmbeddedDatabase implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(EmbeddedDatabase.class.getName());
  private static final String NAME = "nettrace";
  private static final String PID_FILE = "postmaster.pid";

  /** After a crash it first repeats what its log holds. */
  private static final Duration STARTUP_LIMIT = Duration.ofMinutes(2);

  private static final Duration TAKE_OVER_LIMIT = Duration.ofSeconds(10);

  private final Path cluster;
  private final Path programs;
  private final int port;
  private final EmbeddedPostgres.Builder builder;
  private final String password;
  private final Restarts restarts = new Restarts("postgres-watch");
  private EmbeddedPostgres postgres;
  private boolean closed;

  private EmbeddedDatabase(
      Path cluster, Path programs, int port, EmbeddedPostgres.Builder builder, String password)
      throws IOException {
    this.cluster = cluster;
    this.programs = programs;
    this.port = port;
    this.builder = builder;
    this.password = password;
    restarts.started();
    this.postgres = builder.start();
    // the library unpacks with every right for every user
    DataFolder.closeForWriting(programs);
  }

  static EmbeddedDatabase start(Path data, int port, Secrets secrets)
      throws IOException, StartFailure {
    Path cluster = data.resolve("postgres");
    Path programs = data.resolve("postgres-bin");
    endLeftover(cluster, programs);
    Ports.requireFree("127.0.0.1", port, StartSetting.DB_PORT, "the embedded PostgreSQL");
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(cluster)
            .setCleanDataDirectory(false)
            .setOverrideWorkingDirectory(programs.toFile())
            .setPort(port)
            .setPGStartupWait(STARTUP_LIMIT)
            .setRegisterShutdownHook(false)
            // options of initdb: they come after the library's own "-A trust" and win
            .setLocaleConfig("auth", "scram-sha-256")
            .setLocaleConfig("pwfile", secrets.file("postgres-superuser").toString())
            .setConnectConfig("password", secrets.read("postgres-superuser"))
            // the library starts PostgreSQL without fsync; what is named here comes later and wins
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("listen_addresses", "localhost")
            .setServerConfig("unix_socket_directories", "")
            .setServerConfig("timezone", "UTC");
    EmbeddedDatabase database =
        begun(cluster, programs, port, builder, secrets.read("postgres-application"));
    try {
      database.createApplicationDatabase(secrets.read("postgres-superuser"));
    } catch (SQLException e) {
      database.close();
      throw new StartFailure("The embedded PostgreSQL refuses its own setup: " + e.getMessage(), e);
    }
    database.watch();
    return database;
  }

  private static EmbeddedDatabase begun(
      Path cluster, Path programs, int port, EmbeddedPostgres.Builder builder, String password)
      throws IOException, StartFailure {
    try {
      return new EmbeddedDatabase(cluster, programs, port, builder, password);
    } catch (IOException | RuntimeException e) {
      Processes.stopAll(programs, TAKE_OVER_LIMIT);
      throw new StartFailure(
          "The embedded PostgreSQL in "
              + cluster
              + " does not start: "
              + Objects.requireNonNullElse(e.getMessage(), e.toString()),
          e);
    }
  }

  /**
   * After a kill −9 of the launcher its PostgreSQL lives on, and after one of PostgreSQL's first
   * process the others do for a moment. The file that names the first process goes with it: its
   * number may be another program's by now, or a process that is dead and not yet forgotten, and
   * either would keep the next one from starting. The data folder is locked, so there is no other.
   */
  private static void endLeftover(Path cluster, Path programs) throws IOException {
    postmaster(cluster, programs).ifPresent(left -> Processes.stop(left, TAKE_OVER_LIMIT));
    Processes.stopAll(programs, TAKE_OVER_LIMIT);
    if (postmaster(cluster, programs).isEmpty()) {
      boolean _ = Files.deleteIfExists(cluster.resolve(PID_FILE));
    }
  }

  String url() {
    return "jdbc:postgresql://localhost:" + port + "/" + NAME;
  }

  String user() {
    return NAME;
  }

  String password() {
    return password;
  }

  @Override
  public void close() throws IOException {
    EmbeddedPostgres last;
    synchronized (this) {
      closed = true;
      last = postgres;
    }
    restarts.close();
    last.close();
  }

  private void watch() throws IOException {
    ProcessHandle running =
        postmaster(cluster, programs)
            .orElseThrow(() -> new IOException("PostgreSQL ended as soon as it ran"));
    var _ = running.onExit().thenAccept(_ -> ended());
  }

  private synchronized void ended() {
    if (!closed) {
      LOG.log(
          Level.WARNING,
          "PostgreSQL ended; it is started again in {0} s",
          restarts.later(this::startAgain).toSeconds());
    }
  }

  /** Processes of the one that ended may still be about, which the new one does not accept. */
  private synchronized void startAgain() {
    if (closed) {
      return;
    }
    try {
      postgres.close(); // else it holds the folder
      restarts.started();
      endLeftover(cluster, programs);
      postgres = builder.start();
      watch();
      LOG.info("PostgreSQL runs again");
    } catch (IOException | RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "PostgreSQL cannot be started: {0}; once more in {1} s",
          new Object[] {
            Objects.requireNonNullElse(e.getMessage(), e.toString()),
            restarts.later(this::startAgain).toSeconds()
          });
    }
  }

  private void createApplicationDatabase(String superuserPassword) throws SQLException {
    try (Connection connection =
            java.sql.DriverManager.getConnection(
                "jdbc:postgresql://localhost:" + port + "/postgres",
                "postgres",
                superuserPassword);
        Statement statement = connection.createStatement()) {
      if (isMissing(statement, "pg_roles where rolname")) {
        statement.execute("create role " + NAME + " login");
      }
      // the password is base64url of our own making, so it needs no escape
      statement.execute("alter role " + NAME + " password '" + password + "'");
      // it makes a role for each tenant, and has none of their rights unless it takes one on
      statement.execute("alter role " + NAME + " createrole noinherit");
      if (isMissing(statement, "pg_database where datname")) {
        statement.execute("create database " + NAME + " owner " + NAME);
      }
    }
  }

  private static boolean isMissing(Statement statement, String where) throws SQLException {
    try (ResultSet rows = statement.executeQuery("select 1 from " + where + " = '" + NAME + "'")) {
      return !rows.next();
    }
  }

  /** The server's first process, which all others end with; never one of another PostgreSQL. */
  private static Optional<ProcessHandle> postmaster(Path cluster, Path programs)
      throws IOException {
    Optional<ProcessHandle> named = Processes.named(cluster.resolve(PID_FILE), "postgres");
    if (named.isEmpty()) {
      return named;
    }
    Path ours = programs.toRealPath();
    return named.filter(
        process ->
            process.info().command().map(Path::of).filter(c -> c.startsWith(ours)).isPresent());
  }
}
