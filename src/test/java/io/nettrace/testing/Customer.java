package io.nettrace.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Somebody with a tenant, who knows the API and reads the letters in the mailbox folder. */
public final class Customer {
  public static final String PASSWORD = "a long sentence nobody else would choose";
  private static final Pattern TOKEN = Pattern.compile("#([A-Za-z0-9_-]{40,})");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final URI root;
  private final URI operations;
  private final Path data;
  private final String slug;
  private String key = "";
  private String keyId = "";
  private String session = "";

  /** {@code data} is the folder of the product that answers at {@code root}. */
  public Customer(URI root, Path data, String slug) {
    this(root, root, data, slug);
  }

  /** The same of a product that answers operators elsewhere. */
  public Customer(URI root, URI operations, Path data, String slug) {
    this.root = root;
    this.operations = operations;
    this.data = data;
    this.slug = slug;
  }

  public String slug() {
    return slug;
  }

  public String key() {
    return key;
  }

  public String keyId() {
    return keyId;
  }

  /** The value of the header Authorization of somebody signed in. */
  public String authorization() {
    return "Session " + session;
  }

  /** Signs up, reads the letter and confirms; has a key and a session afterwards. */
  public void signUp() throws Exception {
    HttpResponse<String> begun = signUp(slug);
    assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
    HttpResponse<String> confirmed = confirm(token(), PASSWORD);
    assertThat(confirmed.statusCode()).as(confirmed.body()).isEqualTo(201);
    JsonNode answer = JSON.readTree(confirmed.body());
    key = answer.at("/key/text").asText();
    keyId = answer.at("/key/id").asText();
    session = answer.path("session").asText();
  }

  public HttpResponse<String> signUp(String wanted) throws Exception {
    return send(
        "POST",
        "/api/v1/signups",
        JSON.writeValueAsString(
            Map.of(
                "email",
                email(),
                "password",
                PASSWORD,
                "name",
                "Ann of " + slug,
                "organisation",
                slug + " Limited",
                "slug",
                wanted)));
  }

  public HttpResponse<String> confirm(String token, String password) throws Exception {
    return send(
        "POST",
        "/api/v1/signups/confirm",
        JSON.writeValueAsString(Map.of("token", token, "password", password)));
  }

  /** The token of the newest letter, once it is there. */
  public String token() throws Exception {
    while (true) {
      Optional<String> letter = letter();
      if (letter.isPresent()) {
        Matcher matcher = TOKEN.matcher(letter.get());
        assertThat(matcher.find()).as(letter.get()).isTrue();
        return matcher.group(1);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  public String email() {
    return "ann@" + slug + ".example";
  }

  public HttpResponse<String> withKey(String method, String path, String... body) throws Exception {
    return send(method, path, String.join("", body), "X-API-Key", key);
  }

  public HttpResponse<String> signedIn(String method, String path, String... body)
      throws Exception {
    return send(method, path, String.join("", body), "Authorization", authorization());
  }

  /** Replaces what had the version {@code ifMatch}. */
  public HttpResponse<String> put(String path, String ifMatch, String body) throws Exception {
    return send("PUT", path, body, "Authorization", authorization(), "If-Match", ifMatch);
  }

  /** What the operator of the installation declares, of any tenant. */
  public HttpResponse<String> declare(String declaration, boolean dryRun) throws Exception {
    return send(
        operations,
        "POST",
        "/operator/v1/declarations" + (dryRun ? "?dry_run=true" : ""),
        declaration,
        "Authorization",
        operatorToken());
  }

  /** What the operator of the installation says about this tenant. */
  public HttpResponse<String> operator(String method, String path, String... body)
      throws Exception {
    return send(
        operations,
        method,
        "/operator/v1/tenants/" + slug + path,
        String.join("", body),
        "Authorization",
        operatorToken());
  }

  /** What the operator of the installation says, of anything. */
  public HttpResponse<String> operate(String method, String path) throws Exception {
    return send(operations, method, path, "", "Authorization", operatorToken());
  }

  private String operatorToken() throws IOException {
    return "Bearer " + Files.readString(data.resolve("operator-token")).strip();
  }

  public static JsonNode json(HttpResponse<String> answer) throws IOException {
    return JSON.readTree(answer.body());
  }

  private Optional<String> letter() throws IOException {
    Path mailbox = data.resolve("mailbox");
    if (!Files.isDirectory(mailbox)) {
      return Optional.empty();
    }
    try (Stream<Path> letters = Files.list(mailbox)) {
      for (Path each : letters.filter(file -> file.toString().endsWith(".eml")).toList()) {
        String text = Files.readString(each);
        if (text.contains(email())) {
          return Optional.of(text);
        }
      }
    }
    return Optional.empty();
  }

  private HttpResponse<String> send(String method, String path, String body, String... headers)
      throws Exception {
    return send(root, method, path, body, headers);
  }

  private static HttpResponse<String> send(
      URI at, String method, String path, String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at.resolve(path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
