package io.nettrace.testing;

import io.nettrace.metric.ProbeMode;
import io.nettrace.scanner.Delivery;
import io.nettrace.scanner.Hello;
import io.nettrace.scanner.MeasuredBurst;
import io.nettrace.scanner.SpoolState;
import io.nettrace.scanner.Wire;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A scanner of the lab that measures nothing: it delivers what it is given. */
public final class ScannerAtTheDoor {
  private static final String VANTAGE_POINT = "lab-ewr";

  private final URI root;
  private final String token;
  private final HttpClient http = HttpClient.newHttpClient();
  private final UUID spool = UUID.randomUUID();
  private long delivered;

  /** Introduces itself to the server at {@code root}. */
  public ScannerAtTheDoor(URI root, String token) throws IOException, InterruptedException {
    this.root = root;
    this.token = token;
    Hello hello =
        new Hello(
            Hello.CONTRACT_VERSION,
            VANTAGE_POINT,
            true,
            ProbeMode.RAW,
            spool,
            spool,
            SpoolState.EMPTY);
    send("/scanner/v1/hello", Wire.write(hello));
  }

  public void deliver(List<MeasuredBurst> bursts) throws IOException, InterruptedException {
    Delivery delivery =
        new Delivery(
            spool, ++delivered, VANTAGE_POINT, true, Instant.now(), bursts, List.of(), List.of());
    send("/scanner/v1/deliveries", Wire.write(delivery));
  }

  private void send(String path, byte[] body) throws IOException, InterruptedException {
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
