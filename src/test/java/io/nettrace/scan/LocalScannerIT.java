package io.nettrace.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.platform.Actor;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Settings;
import io.nettrace.platform.Sql;
import io.nettrace.platform.secret.Secrets;
import io.nettrace.tenant.TenantKit;
import io.nettrace.testing.Actors;
import io.nettrace.testing.AuditEntries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The local scanner has a credential of its own without a step by hand. */
class LocalScannerIT {
  private static final String NAME = "lab-ewr";

  @TempDir private Path data = Path.of("");

  private TenantKit kit;

  @BeforeEach
  void open() {
    kit = new TenantKit();
  }

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void itsSecretIsACredentialOfItsVantagePointFromTheFirstStartOn() throws Exception {
    AuditEntries entries = new AuditEntries(kit.database);
    start(data);
    ScannerPass pass = credentials().check(secret(data)).orElseThrow();
    assertThat(pass.mayBe(NAME)).isTrue();
    assertThat(pass.mayBe("ld4")).isFalse();
    assertThat(entries.take())
        .extracting(AuditEntries.Entry::type)
        .containsExactly("vantage-point.registered", "vantage-point.credential-issued");
    String before = secret(data);
    start(data);
    assertThat(secret(data)).isEqualTo(before);
    assertThat(entries.take()).isEmpty();
  }

  @Test
  void theTokenOfAnEarlierReleaseOpensNothingAndIsNotTheLocalScanners() throws Exception {
    Secrets secrets = new Secrets(data.resolve("secrets"));
    String old = secrets.read("scanner-token");
    start(data);
    assertThat(secret(data)).isNotEqualTo(old);
    assertThat(credentials().check(old)).isEmpty();
    assertThat(credentials().check(secret(data))).isPresent();
  }

  @Test
  void aVantagePointOfAnEarlierReleaseIsTakenOver() throws Exception {
    kit.database.run(
        connection ->
            Sql.of(
                    """
                    insert into platform.vantage_points
                      (name, simulated, mode, spool, assignment_digest, assignment_revision,
                       first_seen, last_seen)
                    values ('lab-ewr', true, 'RAW', gen_random_uuid(), 'x', 1, now(), now())
                    """)
                .update(connection));
    start(data);
    assertThat(credentials().check(secret(data))).isPresent();
  }

  @Test
  void oneThatWasRevokedIsReplacedAtTheNextStart() throws Exception {
    start(data);
    String revoked = secret(data);
    UUID id = credentials().list(NAME).getFirst().id();
    assertThat(credentials().revoke(Actors.TEST, NAME, id)).isTrue();
    assertThat(credentials().check(revoked)).isEmpty();
    start(data);
    assertThat(secret(data)).isNotEqualTo(revoked);
    assertThat(credentials().check(secret(data))).isPresent();
    assertThat(credentials().check(revoked)).isEmpty();
  }

  @Test
  void nodesHaveOneEach(@TempDir Path otherNode) throws Exception {
    start(data);
    start(otherNode);
    assertThat(secret(data)).isNotEqualTo(secret(otherNode));
    assertThat(credentials().check(secret(data))).isPresent();
    assertThat(credentials().check(secret(otherNode))).isPresent();
  }

  @Test
  void aTenantsVantagePointIsNotTheLocalScanners() throws Exception {
    UUID tenant = kit.tenant("acme").id();
    Actor by = Actors.TEST;
    assertThat(
            register()
                .register(
                    by,
                    new RegisteredVantagePoint(
                        new VantagePoint(NAME, true), new AssignmentPolicy.OfTenant(tenant, true))))
        .isTrue();
    String before = new Secrets(data).read(LocalScanner.FILE);
    start(data);
    assertThat(credentials().check(before)).isEmpty();
  }

  @Test
  void whereNoneIsStartedThereIsNone() {
    start(data, Map.of());
    assertThat(data.resolve(LocalScanner.FILE)).doesNotExist();
    assertThat(register().list()).isEmpty();
    assertThat(
            ScanConfig.from(Settings.of(Map.of("nettrace.scanner.local-vantage-point", "real:x")))
                .local())
        .isEqualTo(Optional.of(new VantagePoint("x", false)));
  }

  private void start(Path folder) {
    start(folder, Map.of("nettrace.scanner.local-vantage-point", "lab:" + NAME));
  }

  private void start(Path folder, Map<String, String> settings) {
    new LocalScanner(
            kit.database,
            ScanConfig.from(Settings.of(settings)),
            new Secrets(folder),
            register(),
            credentials())
        .begin(new DatabaseReady());
  }

  private static String secret(Path folder) throws IOException {
    return Files.readString(folder.resolve(LocalScanner.FILE)).strip();
  }

  private VantagePointRegister register() {
    return new VantagePointRegister(kit.database, Clock.systemUTC());
  }

  private ScannerCredentials credentials() {
    return new ScannerCredentials(
        kit.database, kit.tenants, ScanConfig.from(Settings.of(Map.of())), Clock.systemUTC());
  }
}
