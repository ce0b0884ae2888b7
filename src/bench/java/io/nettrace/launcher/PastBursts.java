package io.nettrace.launcher;

import io.nettrace.metric.Burst;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.ProbeOutcome;
import io.nettrace.metric.Protocol;
import io.nettrace.scanner.Delivery;
import io.nettrace.scanner.Hello;
import io.nettrace.scanner.MeasuredBurst;
import io.nettrace.scanner.SpoolState;
import io.nettrace.scanner.Wire;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** A scanner that delivers late: what one target showed, every quarter of an hour until now. */
final class PastBursts {
  private static final Duration APART = Duration.ofMinutes(15);
  private static final int PER_DELIVERY = 1_000;
  private static final int PROBES = 10;
  private static final String VANTAGE_POINT = "lab-ewr";
  private static final InetAddress ADDRESS = InetAddress.ofLiteral("198.18.0.1");

  private final URI root;
  private final String token;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Random random = new Random(42);

  PastBursts(URI root, String token) {
    this.root = root;
    this.token = token;
  }

  void deliver(Duration back) throws Exception {
    UUID spool = UUID.randomUUID();
    send(
        "/scanner/v1/hello",
        Wire.write(
            new Hello(
                Hello.CONTRACT_VERSION,
                VANTAGE_POINT,
                true,
                ProbeMode.RAW,
                spool,
                spool,
                SpoolState.EMPTY)));
    Instant now = Instant.now();
    List<MeasuredBurst> bursts = new ArrayList<>();
    long number = 1;
    for (Instant at = now.minus(back); at.isBefore(now); at = at.plus(APART)) {
      bursts.add(new MeasuredBurst("nyse", "www.nyse.com", burst(at)));
      if (bursts.size() == PER_DELIVERY || !at.plus(APART).isBefore(now)) {
        send(
            "/scanner/v1/deliveries",
            Wire.write(
                new Delivery(
                    spool,
                    number++,
                    VANTAGE_POINT,
                    true,
                    now,
                    List.copyOf(bursts),
                    List.of(),
                    List.of())));
        bursts.clear();
      }
    }
  }

  private Burst burst(Instant at) {
    List<ProbeOutcome> outcomes = new ArrayList<>(PROBES);
    for (int i = 0; i < PROBES; i++) {
      long jitter = Math.round(Math.exp(random.nextGaussian(12, 1)));
      outcomes.add(
          random.nextInt(200) == 0
              ? new ProbeOutcome.TimedOut()
              : new ProbeOutcome.Replied(ADDRESS, 30_000_000 + jitter));
    }
    return Burst.of(at, ADDRESS, Protocol.ICMP, ProbeMode.RAW, outcomes);
  }

  private void send(String path, byte[] body) throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(root.resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
    }
  }
}
