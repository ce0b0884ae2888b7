package io.nettrace.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.nettrace.testing.Customer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Owners of tenants of a large plan, one after another: whose session a call has ended is followed
 * by somebody new. Their own ids and names stand where the document's examples have others.
 */
final class Writers implements Writes.Writer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final URI root;
  private final Path data;
  private final Map<String, String> ids = new HashMap<>();
  private Customer customer;

  Writers(URI root, Path data) throws Exception {
    this.root = root;
    this.data = data;
    this.customer = somebodyNew();
  }

  Customer customer() {
    return customer;
  }

  @Override
  public HttpResponse<byte[]> send(
      String method, String address, Optional<String> body, Map<String, String> headers)
      throws Exception {
    HttpResponse<byte[]> answer = once(method, address, body, headers);
    if (answer.statusCode() == 401
        && customer.signedIn("GET", "/api/v1/sessions/current").statusCode() == 401) {
      customer = somebodyNew();
      return once(method, address, body, headers);
    }
    return answer;
  }

  private HttpResponse<byte[]> once(
      String method, String address, Optional<String> body, Map<String, String> headers)
      throws Exception {
    String own = address;
    for (Map.Entry<String, String> id : ids.entrySet()) {
      own = own.replace("{" + id.getKey() + "}", id.getValue());
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(root.resolve(own))
            .method(
                method,
                body.map(text -> BodyPublishers.ofString(own(text)))
                    .orElseGet(BodyPublishers::noBody))
            .header("Authorization", customer.authorization());
    if (body.isPresent()) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    return HTTP.send(request.build(), BodyHandlers.ofByteArray());
  }

  private String own(String body) {
    return body.replace("ann@example.com", customer.email())
        .replace("acme-trading", "trading-" + UUID.randomUUID().toString().substring(0, 30))
        .replace("\"acme\"", '"' + customer.slug() + '"')
        .replace("a lantern over wet slate", Customer.PASSWORD);
  }

  private Customer somebodyNew() throws Exception {
    Customer next = new Customer(root, data, "w" + UUID.randomUUID().toString().replace("-", ""));
    next.signUp();
    assertThat(next.operator("PUT", "/plan", "{\"plan\":\"enterprise-pro\"}").statusCode())
        .isEqualTo(200);
    ids.put("key_id", next.keyId());
    ids.put(
        "account_id", Customer.json(next.signedIn("GET", "/api/v1/account")).path("id").asText());
    ids.put(
        "target_id",
        id(next, "/api/v1/custom-targets", Map.of("host", "www.nyse.com", "port", 8444)));
    ids.put("list_id", id(next, "/api/v1/watch-lists", Map.of("name", "a list")));
    return next;
  }

  private static String id(Customer customer, String path, Map<String, Object> body)
      throws Exception {
    HttpResponse<String> made = customer.signedIn("POST", path, JSON.writeValueAsString(body));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return Customer.json(made).path("id").asText();
  }
}
