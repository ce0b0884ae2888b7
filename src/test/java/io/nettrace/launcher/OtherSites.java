package io.nettrace.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;

/** What a browser asks for pages of other sites, and what attackers write in its place. */
record OtherSites(URI root) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** The header that lets a page read the answer. */
  static String allowed(HttpResponse<String> answer) {
    return String.join(" | ", answer.headers().allValues("Access-Control-Allow-Origin"));
  }

  /** Asks with a key, from a page of one origin; from several as only attackers would. */
  HttpResponse<String> read(String path, String key, String... origins) throws Exception {
    return send("GET", path, "X-API-Key", key, origins);
  }

  HttpResponse<String> send(
      String method, String path, String header, String value, String... origins)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(root.resolve("/api/v1/" + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header(header, value);
    Arrays.stream(origins).forEach(origin -> request.header("Origin", origin));
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Asks whether a page may ask. */
  HttpResponse<String> preflight(String path, String method, String... origins)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(root.resolve("/api/v1/" + path))
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
            .header("Access-Control-Request-Method", method)
            .header("Access-Control-Request-Headers", "x-api-key");
    Arrays.stream(origins).forEach(origin -> request.header("Origin", origin));
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
