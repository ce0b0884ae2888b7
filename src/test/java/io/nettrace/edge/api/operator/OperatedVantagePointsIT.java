package io.nettrace.edge.api.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nettrace.edge.api.http.RefusalException;
import io.nettrace.platform.Settings;
import io.nettrace.scan.ScanConfig;
import io.nettrace.scan.ScannerCredentials;
import io.nettrace.scan.ScannerPass;
import io.nettrace.scan.VantagePointRegister;
import io.nettrace.tenant.TenantKit;
import io.nettrace.testing.AuditEntries;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperatedVantagePointsIT {
  private static final JsonMapper JSON = new JsonMapper();

  private TenantKit kit;
  private ScannerCredentials credentials;
  private OperatedVantagePoints resource;

  @BeforeEach
  void open() {
    kit = new TenantKit();
    Clock clock = Clock.systemUTC();
    credentials =
        new ScannerCredentials(
            kit.database, kit.tenants, ScanConfig.from(Settings.of(Map.of())), clock);
    resource =
        new OperatedVantagePoints(
            new VantagePointRegister(kit.database, clock), credentials, kit.tenants);
  }

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void aVantagePointIsAddedGivenACredentialAndShutOut() throws Exception {
    AuditEntries entries = new AuditEntries(kit.database);
    JsonNode added = json(resource.add(body("{'name':'ld4','network':'real'}")));
    assertThat(added.path("policy").asText()).isEqualTo("shared");
    assertThat(added.path("has_spoken").asBoolean()).isFalse();
    JsonNode issued = json(resource.issue("ld4"));
    String secret = issued.path("secret").asText();
    assertThat(credentials.check(secret).map(pass -> pass.mayBe("ld4"))).contains(true);
    assertThat(json(resource.credentials("ld4")).toString()).doesNotContain(secret, "digest");

    String id = issued.path("id").asText();
    JsonNode next = json(resource.rotate("ld4", id, body("{'overlap_seconds':0}")));
    assertThat(credentials.check(secret)).isEmpty();
    assertThat(resource.revoke("ld4", next.path("id").asText()).getStatus()).isEqualTo(204);
    assertThat(credentials.check(next.path("secret").asText())).isEmpty();
    assertThat(entries.take())
        .extracting(AuditEntries.Entry::actor)
        .hasSize(4)
        .containsOnly("operator");
  }

  @Test
  void aTenantsMeasuresItsOwnUnlessMoreIsSaid() throws Exception {
    UUID tenant = kit.tenant("acme").id();
    JsonNode added =
        json(resource.add(body("{'name':'acme-rack','network':'lab','tenant':'acme'}")));
    assertThat(added.path("policy").asText()).isEqualTo("own");
    assertThat(added.path("tenant_id").asText()).isEqualTo(tenant.toString());
    JsonNode wider = json(resource.policy("acme-rack", body("{'policy':'own_and_catalogue'}")));
    assertThat(wider.path("policy").asText()).isEqualTo("own_and_catalogue");
    assertThat(json(resource.list()).at("/items/0")).isEqualTo(json(resource.one("acme-rack")));
    assertThat(credentials.check(json(resource.issue("acme-rack")).path("secret").asText()))
        .get()
        .isInstanceOf(ScannerPass.OfVantagePoint.class);
  }

  @Test
  void whatCannotBeMeantIsRefused() throws Exception {
    var _ = kit.tenant("acme");
    var _ = resource.add(body("{'name':'ld4','network':'real'}"));
    refused(409, () -> resource.add(body("{'name':'ld4','network':'lab'}")));
    refused(400, () -> resource.add(body("{'name':'-x','network':'real'}")));
    refused(400, () -> resource.add(body("{'name':'x'}")));
    refused(400, () -> resource.add(body("{'name':'x','network':'moon'}")));
    refused(400, () -> resource.add(body("{'name':'x','network':'lab','policy':'own'}")));
    refused(
        400,
        () -> resource.add(body("{'name':'x','network':'lab','tenant':'acme','policy':'shared'}")));
    refused(404, () -> resource.add(body("{'name':'x','network':'lab','tenant':'nosuch'}")));
    refused(400, () -> resource.policy("ld4", body("{'policy':'own'}")));
    refused(404, () -> resource.policy("nowhere", body("{'policy':'own'}")));
    refused(404, () -> resource.one("nowhere"));
    refused(404, () -> resource.issue("nowhere"));
    refused(404, () -> resource.credentials("nowhere"));
    refused(404, () -> resource.revoke("ld4", "x"));
    refused(404, () -> resource.rotate("ld4", UUID.randomUUID().toString(), body("{}")));
    String id = json(resource.issue("ld4")).path("id").asText();
    refused(400, () -> resource.rotate("ld4", id, body("{'overlap_seconds':-1}")));
    refused(400, () -> resource.rotate("ld4", id, body("{'overlap_seconds':2592001}")));
  }

  private static void refused(int status, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RefusalException.class,
            refusal -> assertThat(refusal.problem().status()).isEqualTo(status));
  }

  private static InputStream body(String json) {
    return new ByteArrayInputStream(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode json(Response response) throws IOException {
    return JSON.readTree((byte[]) response.getEntity());
  }
}
