package io.nettrace.scan;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nettrace.catalog.ScheduledTargets;
import io.nettrace.catalog.TargetKit;
import io.nettrace.catalog.Targets;
import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseUnavailableException;
import io.nettrace.platform.Settings;
import io.nettrace.platform.job.Jobs;
import io.nettrace.sample.RecordKit;
import io.nettrace.scanner.Delivery;
import io.nettrace.scanner.Hello;
import io.nettrace.scanner.MalformedMessageException;
import io.nettrace.scanner.Renewal;
import io.nettrace.scanner.Wire;
import io.nettrace.tenant.NoTenants;
import io.nettrace.testing.NoObservers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A control plane without a container: the real intake behind a small HTTP server. Arguments: port,
 * JDBC address, and at which point of which delivery to die.
 */
public final class ControlPlaneProcess {
  private static final ScannerPass BY = new ScannerPass.SharedToken();

  private final String killPoint;
  private final AtomicInteger before;
  private final VantagePoints vantagePoints;
  private final Deliveries deliveries;

  private ControlPlaneProcess(Database database, String killPoint, int before) {
    this.killPoint = killPoint;
    this.before = new AtomicInteger(before);
    ScanConfig config = ScanConfig.from(Settings.of(Map.of()));
    Targets targets = new Targets(Optional.empty());
    ScheduledTargets scheduled = TargetKit.nothingScheduled(database);
    Recorder real = new RecordKit(database).recorder();
    this.vantagePoints =
        new VantagePoints(
            database,
            new Assignments(config, targets, scheduled),
            new Leases(config),
            Clock.systemUTC());
    NoTenants nobody = new NoTenants(database);
    ScanCounters counters = new ScanCounters();
    this.deliveries =
        new Deliveries(
            database,
            vantagePoints,
            targets,
            scheduled,
            parts(database, config, nobody, real, counters),
            config,
            recording -> {
              real.record(recording);
              dieAt("stored, not committed");
              recording.afterCommit(() -> dieAt("committed, not acknowledged"));
            },
            new NoObservers<>(),
            counters,
            Clock.systemUTC());
  }

  private static TenantParts parts(
      Database database,
      ScanConfig config,
      NoTenants nobody,
      Recorder recorder,
      ScanCounters counters) {
    OwnRecord own = new OwnRecord(nobody.walls(), recorder);
    Chores chores = new Chores(database);
    Jobs jobs = new Jobs(database, chores, Clock.systemUTC());
    ParkedParts parked =
        new ParkedParts(
            database,
            nobody.tenants(),
            nobody.walls(),
            own,
            jobs,
            chores,
            config,
            counters,
            Clock.systemUTC());
    return new TenantParts(nobody.tenants(), nobody.walls(), own, parked);
  }

  public static void main(String[] arguments) throws IOException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(arguments[1]);
    source.setUser("postgres");
    source.setPassword("postgres");
    source.setConnectTimeout(2);
    source.setCurrentSchema("catalog");
    ControlPlaneProcess process =
        new ControlPlaneProcess(
            new Database(() -> source), arguments[2], Integer.parseInt(arguments[3]));
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])),
            0);
    server.setExecutor(Executors.newFixedThreadPool(4));
    server.createContext("/scanner/v1/", process::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try {
      byte[] body = exchange.getRequestBody().readAllBytes();
      dieAt("received");
      Object answer =
          switch (exchange.getRequestURI().getPath()) {
            case "/scanner/v1/hello" -> hello(body);
            case "/scanner/v1/leases" ->
                ((RenewalOutcome.Extended) vantagePoints.renew(BY, Wire.read(body, Renewal.class)))
                    .renewed();
            default -> deliver(body);
          };
      byte[] json = Wire.write(answer);
      exchange.sendResponseHeaders(200, json.length);
      exchange.getResponseBody().write(json);
    } catch (DatabaseUnavailableException e) {
      exchange.getResponseHeaders().set("Retry-After", "1");
      exchange.sendResponseHeaders(503, -1);
    } catch (MalformedMessageException e) {
      exchange.sendResponseHeaders(400, -1);
    } catch (RuntimeException e) {
      exchange.sendResponseHeaders(500, -1);
    } finally {
      exchange.close();
    }
  }

  private Object hello(byte[] body) throws MalformedMessageException {
    return ((Introduction.Assigned) vantagePoints.introduce(BY, Wire.read(body, Hello.class)))
        .assignment();
  }

  private Object deliver(byte[] body) throws MalformedMessageException {
    return ((DeliveryOutcome.Stored) deliveries.take(BY, Wire.read(body, Delivery.class)))
        .acknowledgement();
  }

  private void dieAt(String point) {
    if (point.equals(killPoint) && before.decrementAndGet() < 0) {
      Runtime.getRuntime().halt(137);
    }
  }
}
