package io.nettrace.scanner.courier;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nettrace.metric.ProbeMode;
import io.nettrace.scanner.Acknowledgement;
import io.nettrace.scanner.Assignment;
import io.nettrace.scanner.Cadence;
import io.nettrace.scanner.Delivery;
import io.nettrace.scanner.Hello;
import io.nettrace.scanner.Lease;
import io.nettrace.scanner.MalformedMessageException;
import io.nettrace.scanner.Renewal;
import io.nettrace.scanner.Renewed;
import io.nettrace.scanner.Resolution;
import io.nettrace.scanner.SpoolState;
import io.nettrace.scanner.Wire;
import io.nettrace.scanner.spool.Spool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CourierTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final UUID INSTANCE = UUID.randomUUID();
  private static final int PATIENCE_SECONDS = 60;

  @TempDir Path folder;
  private final BlockingQueue<Object> statuses = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> obeyed = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> renewals = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> leases = new LinkedBlockingQueue<>();
  private final AtomicLong grants = new AtomicLong(1);
  private final AtomicBoolean unknown = new AtomicBoolean();
  private Spool spool;
  private HttpServer server;
  private Courier courier;
  private volatile long revision = 1;
  private volatile List<String> traceNow = List.of();

  @BeforeEach
  void start() throws IOException {
    spool =
        Spool.open(
            folder.resolve("spool"),
            "local",
            false,
            Spool.DEFAULT_BYTES,
            UUID.randomUUID(),
            Clock.systemUTC());
    Files.writeString(folder.resolve("token"), "secret\n");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/scanner/v1/hello", this::hello);
    server.createContext("/scanner/v1/leases", this::renewal);
    server.createContext("/scanner/v1/deliveries", this::delivery);
    server.start();
    courier =
        Courier.start(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
            folder.resolve("token"),
            new Hello(
                Hello.CONTRACT_VERSION,
                "local",
                false,
                ProbeMode.RAW,
                spool.id(),
                INSTANCE,
                SpoolState.EMPTY),
            spool,
            new RecordedOrders());
  }

  @AfterEach
  void stop() {
    courier.close();
    server.stop(0);
  }

  @Test
  void itIntroducesItselfAndThenDeliversInOrder() throws Exception {
    seal("a");
    seal("b");

    assertThat(next(heard)).isEqualTo("hello Bearer secret");
    assertThat(next(obeyed)).isEqualTo("assigned 1");
    assertThat(next(heard)).isEqualTo("1 a");
    assertThat(next(heard)).isEqualTo("2 b");
  }

  @Test
  void aDeliveryThatWasNotTakenIsSentAgainUnchanged() throws Exception {
    next(heard);
    statuses.add(503);
    statuses.add(500);
    seal("a");

    assertThat(List.of(next(heard), next(heard), next(heard))).containsExactly("1 a", "1 a", "1 a");
  }

  @Test
  void aDeliveryThatWillNeverBeTakenIsSetAsideAndTheNextOneGoes() throws Exception {
    next(heard);
    statuses.add(422);
    seal("a");
    seal("b");

    assertThat(List.of(next(heard), next(heard))).containsExactly("1 a", "2 b");
    assertThat(folder.resolve("spool/refused")).isNotEmptyDirectory();
  }

  @Test
  void ordersInAnAcknowledgementAreObeyed() throws Exception {
    next(heard);
    next(obeyed);
    traceNow = List.of("nyse");
    seal("a");
    assertThat(next(heard)).isEqualTo("1 a");
    assertThat(next(obeyed)).isEqualTo("trace nyse");
  }

  @Test
  void aNewerAssignmentIsFetched() throws Exception {
    next(heard);
    next(obeyed);
    revision = 2;
    seal("a");

    assertThat(List.of(next(heard), next(heard))).containsExactly("1 a", "hello Bearer secret");
    assertThat(next(obeyed)).isEqualTo("assigned 2");
  }

  @Test
  void aLeaseIsRenewedObeyedAndGivenBackAtTheEnd() throws Exception {
    assertThat(next(leases)).isEqualTo("lease 1");
    grants.set(2);
    assertThat(next(renewals)).isEqualTo("obeys 1");
    assertThat(next(leases)).isEqualTo("lease 2");
    assertThat(next(renewals)).isEqualTo("obeys 2");

    courier.close();

    List<String> rest = new ArrayList<>();
    renewals.drainTo(rest);
    assertThat(rest).endsWith("leaves 2");
  }

  @Test
  void aScannerThatIsNotKnownSaysHelloAgain() throws Exception {
    next(heard);
    unknown.set(true);

    assertThat(next(heard)).isEqualTo("hello Bearer secret");
  }

  private void seal(String host) throws IOException {
    spool.append(new Resolution.Failed(host, host, NOW, "NXDOMAIN"));
    spool.seal();
  }

  private static String next(BlockingQueue<String> queue) throws InterruptedException {
    String next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(next).as("nothing was heard").isNotNull();
    return next;
  }

  private void hello(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    heard.add("hello " + exchange.getRequestHeaders().getFirst("Authorization"));
    answer(
        exchange,
        new Assignment(
            "local",
            revision,
            new Cadence(Duration.ofMinutes(1), 10, Duration.ofMinutes(15), 500),
            List.of(),
            lease()));
  }

  private Lease lease() {
    return new Lease(grants.get(), NOW, Duration.ofSeconds(15), false, 64, List.of(1), List.of());
  }

  private void renewal(HttpExchange exchange) throws IOException {
    try {
      Renewal renewal = Wire.read(exchange.getRequestBody().readAllBytes(), Renewal.class);
      renewals.add((renewal.leaving() ? "leaves " : "obeys ") + renewal.obeyed());
    } catch (MalformedMessageException e) {
      throw new IOException(e);
    }
    if (unknown.getAndSet(false)) {
      exchange.sendResponseHeaders(409, -1);
      exchange.close();
      return;
    }
    answer(exchange, new Renewed(revision, List.of(), lease()));
  }

  private void delivery(HttpExchange exchange) throws IOException {
    Delivery delivery;
    try {
      delivery = Wire.read(exchange.getRequestBody().readAllBytes(), Delivery.class);
    } catch (MalformedMessageException e) {
      throw new IOException(e);
    }
    heard.add(delivery.sequence() + " " + delivery.resolutions().getFirst().targetId());
    Object status = statuses.poll();
    if (status != null) {
      exchange.sendResponseHeaders((int) status, -1);
      exchange.close();
      return;
    }
    answer(
        exchange,
        new Acknowledgement(delivery.spool(), delivery.sequence(), false, revision, traceNow));
  }

  private static void answer(HttpExchange exchange, Object message) throws IOException {
    byte[] body = Wire.write(message);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private final class RecordedOrders implements Orders {
    @Override
    public void assigned(Assignment assignment) {
      obeyed.add("assigned " + assignment.revision());
    }

    @Override
    public void leased(Lease lease, long askedNanos, long heardNanos) {
      leases.add("lease " + lease.number());
    }

    @Override
    public void traceNow(List<String> targetIds) {
      obeyed.add("trace " + String.join(",", targetIds));
    }
  }
}
