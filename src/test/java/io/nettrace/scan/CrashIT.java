package io.nettrace.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseException;
import io.nettrace.platform.Migrations;
import io.nettrace.testing.FreePort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Scanner, control plane and PostgreSQL in processes of their own, killed with SIGKILL at named
 * points and at random ones: every measurement that the spool has taken must be in the record,
 * once.
 */
class CrashIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private final Instant numbering =
      Instant.now().minus(Duration.ofHours(2)).truncatedTo(ChronoUnit.MILLIS);
  private static final int A_SECOND = 200;
  private static final int A_SEAL = 20;

  /** Ten minutes of seals, one a second. */
  private static final int OUTAGE_SEALS = 600;

  private static final String NUMBERS =
      """
      select n from (
        select (extract(epoch from observed_at) * 1000)::bigint - ? as n from catalog.bursts) b
      where n < ?
      """;

  @TempDir Path folder;
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final List<String> table = new ArrayList<>();
  private EmbeddedPostgres postgres;
  private int databasePort;
  private int port;
  private Optional<Process> server = Optional.empty();
  private Optional<Process> scanner = Optional.empty();

  @BeforeEach
  void start() throws IOException {
    databasePort = FreePort.next();
    port = FreePort.next();
    startPostgres();
    new Migrations(database()).apply();
    Files.writeString(folder.resolve("token"), "crash-test-token-1");
    startServer("", 0);
    startScanner("", 0);
  }

  @AfterEach
  void stop() throws Exception {
    kill(scanner);
    kill(server);
    postgres.close();
    System.out.printf(
        "%nseed %d%n%-46s %8s %8s %6s %8s%n", seed, "killed", "taken", "stored", "lost", "doubled");
    table.forEach(System.out::println);
  }

  @Test
  void whateverIsKilledWheneverNothingIsLostAndNothingStoredTwice() throws Exception {
    for (String point : List.of("appended, not sealed", "sealed, not sent")) {
      kill(scanner);
      startScanner(point, 50 + random.nextInt(200));
      scanner.orElseThrow().waitFor();
      startScanner("", 0);
      check("scanner: " + point);
    }
    for (String point :
        List.of("received", "stored, not committed", "committed, not acknowledged")) {
      kill(server);
      startServer(point, 3 + random.nextInt(5));
      server.orElseThrow().waitFor();
      startServer("", 0);
      check("server: " + point);
    }
    for (int i = 0; i < 3; i++) {
      someTime();
      kill(scanner);
      startScanner("", 0);
    }
    check("scanner: 3 times at random");
    for (int i = 0; i < 3; i++) {
      someTime();
      kill(server);
      startServer("", 0);
    }
    check("server: 3 times at random");
    for (int i = 0; i < 2; i++) {
      someTime();
      killPostgres();
      startPostgres();
    }
    check("PostgreSQL: 2 times at random");
    kill(server);
    awaitTaken(next() + OUTAGE_SEALS * A_SEAL / 10);
    startServer("", 0);
    check("server away for 60 s' worth of deliveries");
    killPostgres();
    awaitTaken(next() + OUTAGE_SEALS);
    startPostgres();
    check("database away for 600 measurements");
    someTime();
    kill(server);
    kill(scanner);
    killPostgres();
    startPostgres();
    startServer("", 0);
    startScanner("", 0);
    check("all three at once");
  }

  @Test
  void anOutageOfTenMinutesLosesNothing() throws Exception {
    awaitTaken(1);
    check("before");
    kill(server);
    kill(scanner);
    // a cycle a millisecond: six hundred seals, as many as ten minutes make
    startScanner("", 0, 2_000, 2);
    awaitTaken(next() + OUTAGE_SEALS * 2);
    startServer("", 0);
    check("server away for 600 seals (10 minutes)");
  }

  private void check(String what) throws Exception {
    kill(scanner);
    long next = next();
    Set<Long> expected = expected(next);
    startScanner("", 0, 1, 1_000_000); // delivers what waits and takes next to nothing
    await("everything of " + what, () -> stored(next).containsAll(expected));
    kill(scanner);
    Set<Long> stored = stored(next);
    long lost = expected.stream().filter(number -> !stored.contains(number)).count();
    long doubled = count("count(*) - count(distinct observed_at)");
    stored.retainAll(expected);
    table.add(
        "%-46s %8d %8d %6d %8d".formatted(what, expected.size(), stored.size(), lost, doubled));
    assertThat(lost).as("lost, %s, seed %d", what, seed).isZero();
    assertThat(doubled).as("doubled, %s, seed %d", what, seed).isZero();
    startScanner("", 0);
  }

  /** What must be in the record: every number that the spool has confirmed. */
  private Set<Long> expected(long next) throws IOException {
    Set<Long> numbers = LongStream.range(0, next).boxed().collect(Collectors.toSet());
    Path doubtful = folder.resolve("doubtful");
    if (Files.exists(doubtful)) {
      Files.readAllLines(doubtful).forEach(line -> numbers.remove(Long.valueOf(line)));
    }
    return numbers;
  }

  private void someTime() throws Exception {
    awaitTaken(next() + 50 + random.nextInt(200));
  }

  private void awaitTaken(long count) throws Exception {
    await(count + " measurements", () -> next() >= count);
  }

  private long next() {
    Path file = folder.resolve("taken");
    if (!Files.exists(file)) {
      return 0;
    }
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      return in.length() < Long.BYTES ? 0 : in.readLong();
    } catch (IOException e) {
      return 0;
    }
  }

  private Set<Long> stored(long next) {
    try {
      return database()
          .run(
              connection -> {
                try (PreparedStatement query = connection.prepareStatement(NUMBERS)) {
                  query.setLong(1, numbering.toEpochMilli());
                  query.setLong(2, next);
                  return numbers(query);
                }
              });
    } catch (DatabaseException e) {
      return Set.of();
    }
  }

  private static Set<Long> numbers(PreparedStatement query) throws SQLException {
    Set<Long> numbers = new HashSet<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        numbers.add(row.getLong(1));
      }
    }
    return numbers;
  }

  private long count(String what) {
    return database()
        .run(
            connection -> {
              try (Statement statement = connection.createStatement();
                  ResultSet row =
                      statement.executeQuery("select " + what + " from catalog.bursts")) {
                row.next();
                return row.getLong(1);
              }
            });
  }

  private static void await(String what, BooleanSupplier done) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!done.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what + " did not come about").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private Database database() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url());
    source.setUser("postgres");
    return new Database(() -> source);
  }

  private String url() {
    return "jdbc:postgresql://localhost:" + databasePort + "/postgres";
  }

  private void startPostgres() throws IOException {
    postgres =
        EmbeddedPostgres.builder()
            .setDataDirectory(folder.resolve("pg"))
            .setCleanDataDirectory(false)
            .setPort(databasePort)
            .setRegisterShutdownHook(false)
            .setServerConfig("fsync", "on")
            .start();
  }

  private void killPostgres() throws Exception {
    Path pidFile = folder.resolve("pg/postmaster.pid");
    long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
    ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
    List<ProcessHandle> children = postmaster.children().toList();
    postmaster.destroyForcibly();
    postmaster.onExit().get();
    for (ProcessHandle child : children) {
      child.onExit().get();
    }
    postgres.close(); // there is nothing left to stop, but it lets go of its folder
  }

  private void startServer(String killPoint, int before) throws IOException {
    server =
        Optional.of(
            java(
                ControlPlaneProcess.class,
                String.valueOf(port),
                url(),
                killPoint,
                String.valueOf(before)));
  }

  private void startScanner(String killPoint, int dieAfter) throws IOException {
    startScanner(killPoint, dieAfter, A_SECOND, A_SEAL);
  }

  private void startScanner(String killPoint, int dieAfter, int aSecond, int aSeal)
      throws IOException {
    scanner =
        Optional.of(
            java(
                ScannerUnderTest.class,
                folder.toString(),
                "http://127.0.0.1:" + port,
                numbering.toString(),
                String.valueOf(aSecond),
                String.valueOf(aSeal),
                killPoint,
                String.valueOf(dieAfter)));
  }

  private Process java(Class<?> program, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(
            ProcessBuilder.Redirect.appendTo(folder.resolve(program.getSimpleName()).toFile()))
        .start();
  }

  private static void kill(Optional<Process> process) throws InterruptedException {
    if (process.isPresent()) {
      process.get().destroyForcibly();
      process.get().waitFor();
    }
  }
}
