package io.nettrace.edge.canary;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The API as a client sees it. */
final class CanaryClient implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final URI root;
  private final HttpClient client = HttpClient.newHttpClient();

  CanaryClient(URI root) {
    this.root = root;
  }

  HttpResponse<String> ask(String method, String path, String key, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(root.resolve(path))
            .timeout(LIMIT)
            .header("X-API-Key", key)
            .method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    client.close();
  }
}
