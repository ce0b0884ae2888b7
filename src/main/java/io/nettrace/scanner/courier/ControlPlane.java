package io.nettrace.scanner.courier;

import io.nettrace.scanner.Acknowledgement;
import io.nettrace.scanner.Assignment;
import io.nettrace.scanner.Hello;
import io.nettrace.scanner.MalformedMessageException;
import io.nettrace.scanner.Renewal;
import io.nettrace.scanner.Renewed;
import io.nettrace.scanner.Wire;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The three calls that the control plane answers. */
final class ControlPlane implements AutoCloseable {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
  private static final Duration RENEWAL_LIMIT = Duration.ofSeconds(3);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_LIMIT)
          .build();
  private final URI root;
  private final Path tokenFile;

  ControlPlane(URI root, Path tokenFile) {
    this.root = root;
    this.tokenFile = tokenFile;
  }

  Assignment introduce(Hello hello) throws IOException, InterruptedException {
    return call("/scanner/v1/hello", Wire.write(hello), Assignment.class, ANSWER_LIMIT);
  }

  Acknowledgement deliver(byte[] sealed) throws IOException, InterruptedException {
    return call("/scanner/v1/deliveries", sealed, Acknowledgement.class, ANSWER_LIMIT);
  }

  /** Does not wait long: a lease is short, and it is better to ask again. */
  Renewed renew(Renewal renewal) throws IOException, InterruptedException {
    return call("/scanner/v1/leases", Wire.write(renewal), Renewed.class, RENEWAL_LIMIT);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private <T> T call(String path, byte[] body, Class<T> answer, Duration limit)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(root.resolve(path))
            .timeout(limit)
            // read each time, so that a rotated token needs no restart
            .header("Authorization", "Bearer " + Files.readString(tokenFile).strip())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new RefusedException(path, response.statusCode(), response.headers());
    }
    try {
      return Wire.read(response.body(), answer);
    } catch (MalformedMessageException e) {
      throw new IOException(path + " was answered with something else: " + e.getMessage(), e);
    }
  }
}
