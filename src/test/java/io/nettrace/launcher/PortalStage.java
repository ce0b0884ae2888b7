package io.nettrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;
import io.nettrace.lab.Lab;
import io.nettrace.testing.Customer;
import io.nettrace.testing.Machine;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** The whole product in the lab, a browser before it, and a tenant that may do everything. */
final class PortalStage implements AutoCloseable {
  static final Portal.Look WIDE = new Portal.Look(false, false);

  /** What people do for themselves and their tenant. */
  static final List<String> OWN_PAGES =
      List.of(
          "/confirm",
          "/account/targets",
          "/account/watch-lists",
          "/account/exports",
          "/account/keys",
          "/account/members",
          "/account/usage",
          "/account/plan",
          "/account/settings",
          "/account/security",
          "/account/tenants");

  /** Short name of the tenant whose owner sees the console, once they have a second factor. */
  static final String OPERATOR = "op-desk";

  private static final String EVERYTHING = "{\"plan\":\"enterprise-pro\"}";

  final RunningSystem system;
  final Portal portal;
  final Customer desk;
  private final Path data;

  /** Leaves the test out where there is no lab or no browser. */
  PortalStage(Path data) throws Exception {
    Machine.LAB.require(Lab.unavailable());
    Machine.BROWSER.require(Portal.unavailable());
    this.data = data;
    system = RunningSystem.in(data);
    system.start(
        Map.of(
            "nettrace.api.open-per-minute",
            "1000",
            "nettrace.portal.forms-per-minute",
            "1000",
            "nettrace.portal.operators",
            stranger(OPERATOR).email()));
    portal = new Portal(system.root(), system.operations());
    desk = customer("desk");
    system.await(
        "a first burst",
        "/api/v1/latency/www.nyse.com/history",
        answer -> !answer.path("items").isEmpty());
  }

  /** Somebody who has not signed up yet. */
  Customer stranger(String slug) {
    return new Customer(system.root(), system.operations(), data, slug);
  }

  /** Somebody with a tenant on the plan that has everything. */
  Customer customer(String slug) throws Exception {
    Customer customer = stranger(slug);
    customer.signUp();
    mayDoEverything(customer);
    return customer;
  }

  static void mayDoEverything(Customer customer) throws Exception {
    customer.operator("PUT", "/plan", EVERYTHING);
  }

  String root() {
    return system.root().toString();
  }

  /** Where scanners deliver. */
  URI operations() {
    return system.operations();
  }

  /** A wide browser of somebody who is signed in. */
  Page browser(Customer customer) {
    Page page = portal.open(WIDE, true);
    signIn(page, customer);
    return page;
  }

  void signIn(Page page, Customer customer) {
    page.request()
        .post(
            "/api/v1/sessions",
            RequestOptions.create()
                .setHeader("Origin", system.root().toString())
                .setData(Map.of("email", customer.email(), "password", Customer.PASSWORD)));
  }

  /** Orders a file of one host by the API; returns the id of the export. */
  static String order(Customer customer) throws Exception {
    String body =
        "{\"hosts\":[\"www.nyse.com\"],\"start\":\"%sZ\",\"compression\":\"none\"}"
            .formatted(minutesFromNow(-60) + ":00");
    return Customer.json(customer.withKey("POST", "/api/v1/exports", body)).path("id").asText();
  }

  /** Fills in an order of two files. */
  static void fillOrder(Page page) {
    page.navigate("/account/exports");
    page.locator("summary").getByText("New export").click();
    page.selectOption("#which", "some");
    page.check("input[value=nyse]");
    page.check("input[value=kraken]");
    page.fill("#end", minutesFromNow(2)); // which means now, and not the minute that is over
    page.selectOption("#format", "ndjson");
    page.selectOption("#compression", "none");
  }

  /** Makes all that a customer did to show who it is a day old, for browsers too. */
  void lastConfirmedADayAgo(Customer customer) throws Exception {
    confirmedADayAgo(customer);
    // sessions are good from memory for a second, unless one of the person's ends
    JsonNode sessions = Customer.json(customer.signedIn("GET", "/api/v1/sessions"));
    String own = "";
    for (JsonNode one : sessions.path("items")) {
      own = one.path("current").asBoolean() ? one.path("id").asText() : own;
    }
    assertThat(customer.signedIn("DELETE", "/api/v1/sessions/" + own).statusCode()).isEqualTo(204);
  }

  void confirmedADayAgo(Customer customer) throws Exception {
    try (Connection connection = system.database();
        PreparedStatement update =
            connection.prepareStatement(
                "update platform.sessions s set stepped_up_at = now() - interval '1 day'"
                    + " from platform.accounts a where a.id = s.account_id and a.email = ?")) {
      update.setString(1, customer.email());
      assertThat(update.executeUpdate()).isPositive();
    }
  }

  /** A moment as fields of forms have it. */
  static String minutesFromNow(int minutes) {
    return LocalDateTime.now(ZoneOffset.UTC)
        .plusMinutes(minutes)
        .truncatedTo(ChronoUnit.MINUTES)
        .toString();
  }

  static String session(Customer customer) {
    return customer.authorization().substring("Session ".length());
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(system.root().resolve(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.header("Accept", "text/html"));
  }

  HttpResponse<String> post(String path, Customer customer, String form, String origin)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(system.root() + path))
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Cookie", "nettrace-session=" + session(customer));
    if (!origin.isEmpty()) {
      request.header("Origin", origin);
    }
    return send(request);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  @Override
  public void close() {
    portal.close();
    try {
      system.terminate();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
