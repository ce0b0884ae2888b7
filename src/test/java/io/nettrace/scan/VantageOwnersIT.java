package io.nettrace.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.nettrace.catalog.Targets;
import io.nettrace.metric.ProbeMode;
import io.nettrace.platform.Settings;
import io.nettrace.platform.Sql;
import io.nettrace.scanner.AssignedTarget;
import io.nettrace.scanner.Assignment;
import io.nettrace.scanner.Delivery;
import io.nettrace.scanner.Hello;
import io.nettrace.scanner.OwnFault;
import io.nettrace.scanner.Renewal;
import io.nettrace.scanner.SpoolState;
import io.nettrace.testing.Actors;
import io.nettrace.testing.AuditEntries;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whose a vantage point is decides what it measures; its credential opens the door for it alone.
 */
class VantageOwnersIT extends TenantIntake {
  private static final String OWN = "acme-rack";
  private static final String OTHER = "ld4";

  private VantagePointRegister register;
  private ScannerCredentials credentials;
  private VantagePoints vantagePoints;

  @BeforeEach
  void prepare() {
    register = new VantagePointRegister(kit.database, clock);
    credentials = credentials(Map.of());
    ScanConfig config = ScanConfig.from(Settings.of(Map.of()));
    vantagePoints =
        new VantagePoints(
            kit.database,
            new Assignments(config, new Targets(Optional.empty()), scheduled),
            new Leases(config),
            clock);
  }

  private ScannerCredentials credentials(Map<String, String> settings) {
    return new ScannerCredentials(
        kit.database, kit.tenants, ScanConfig.from(Settings.of(settings)), clock);
  }

  @Test
  void aVantagePointIsToldWhatItsPolicySays() {
    add(OTHER, new AssignmentPolicy.Shared());
    add(OWN, new AssignmentPolicy.OfTenant(first.id(), false));
    add("acme-cloud", new AssignmentPolicy.OfTenant(first.id(), true));
    assertThat(assigned(OTHER)).contains("nyse", one.id(), other.id());
    assertThat(assigned(OWN)).containsExactly(one.id());
    assertThat(assigned("acme-cloud")).contains("nyse", one.id()).doesNotContain(other.id());
  }

  @Test
  void aChangedPolicyIsANewAssignment() {
    add(OWN, new AssignmentPolicy.OfTenant(first.id(), false));
    ScannerPass pass = pass(OWN);
    long before = hello(pass, OWN).revision();
    var wider = new AssignmentPolicy.OfTenant(first.id(), true);
    assertThat(register.change(Actors.TEST, OWN, wider)).isTrue();
    assertThat(register.change(Actors.TEST, OWN, new AssignmentPolicy.OfTenant(second.id(), true)))
        .isFalse();
    assertThat(hello(pass, OWN).revision()).isGreaterThan(before);
    assertThat(assigned(OWN)).contains("nyse");
  }

  @Test
  void whatIsNotInTheAssignmentIsRefusedInADelivery() {
    add(OWN, new AssignmentPolicy.OfTenant(first.id(), false));
    assertThat(deliveries.take(pass(OWN), from(OWN, 1))).isInstanceOf(DeliveryOutcome.Stored.class);
    assertThat(own(first, "bursts")).isEqualTo(1);
    assertThat(own(second, "bursts")).isZero();
    assertThat(count("catalog.bursts")).isZero();
    assertThat(count("platform.deliveries where accepted = 3 and refused = 6")).isEqualTo(1);
  }

  @Test
  void whatATenantsVantagePointMeasuresIsTheTenantsAlone() {
    add(OWN, new AssignmentPolicy.OfTenant(first.id(), true));
    assertThat(deliveries.take(pass(OWN), from(OWN, 1))).isInstanceOf(DeliveryOutcome.Stored.class);
    assertThat(own(first, "bursts")).isEqualTo(2);
    assertThat(own(second, "bursts")).isZero();
    assertThat(count("catalog.bursts")).isZero();
    assertThat(count("catalog.series")).isZero();
    var standings = record.standings(scheduled, Clock.fixed(now, ZoneOffset.UTC)).of(first);
    assertThat(standings.standing(one.id(), new VantagePoint(OWN, true))).isPresent();
  }

  @Test
  void itsFaultsAndItsPresenceAreNoMatterOfTheService() {
    add(OWN, new AssignmentPolicy.OfTenant(first.id(), false));
    ScannerPass pass = pass(OWN);
    var _ = hello(pass, OWN);
    OwnFault fault =
        new OwnFault(OwnFault.Kind.LINE, now, Optional.empty(), 1, "no target answers any more");
    Delivery delivery =
        new Delivery(
            spool,
            1,
            OWN,
            true,
            now,
            List.of(),
            List.of(),
            List.of(),
            List.of(fault),
            Optional.empty());
    assertThat(deliveries.take(pass, delivery)).isInstanceOf(DeliveryOutcome.Stored.class);
    new Presence(kit.database, Clock.systemUTC()).note();
    assertThat(count("platform.vantage_faults")).isZero();
    assertThat(count("platform.presence where subject <> 'service'")).isZero();
    Scanners scanners = new Scanners(kit.database);
    assertThat(scanners.latelyFor(Optional.of(first.id()))).hasSize(1);
    assertThat(scanners.latelyFor(Optional.of(second.id()))).isEmpty();
    assertThat(scanners.latelyFor(Optional.empty())).isEmpty();
  }

  @Test
  void aScannerOfOnePlaceSpeaksForNoOther() {
    add(OTHER, new AssignmentPolicy.Shared());
    add(OWN, new AssignmentPolicy.OfTenant(first.id(), true));
    var _ = hello(pass(OTHER), OTHER);
    for (ScannerPass thief : List.of(pass(OWN), pass(OTHER))) {
      String victim = thief.mayBe(OWN) ? OTHER : OWN;
      assertThat(vantagePoints.introduce(thief, helloOf(victim)))
          .isEqualTo(new Introduction.NotAdmitted());
      assertThat(vantagePoints.renew(thief, renewal(victim)))
          .isEqualTo(new RenewalOutcome.NotAdmitted());
      assertThat(deliveries.take(thief, from(victim, 7)))
          .isEqualTo(new DeliveryOutcome.NotAdmitted());
      assertThat(deliveries.take(thief, from("unregistered", 7)))
          .isEqualTo(new DeliveryOutcome.NotAdmitted());
    }
    assertThat(count("platform.deliveries")).isZero();
    assertThat(count("platform.vantage_points")).isEqualTo(2);
    assertThat(count("platform.scanners")).isEqualTo(1);
  }

  @Test
  void withTheIdentifierOfAnotherPlacesScannerNoSliceIsTaken() {
    add(OTHER, new AssignmentPolicy.Shared());
    add("fr2", new AssignmentPolicy.Shared());
    var _ = hello(pass(OTHER), OTHER);
    var _ = hello(pass("fr2"), "fr2"); // with the same installation's identifier
    assertThat(count("platform.slices where vantage_point = 'ld4' and instance is not null"))
        .isEqualTo(LeaseBook.SLICES);
    assertThat(vantagePoints.renew(pass(OTHER), renewal(OTHER)))
        .isInstanceOf(RenewalOutcome.Extended.class);
  }

  @Test
  void theSharedTokenIsGoodForSharedPlacesOnlyAndOnlyWhereItIsSet() {
    String token = "a token of an earlier release";
    assertThat(credentials.check(token)).isEmpty();
    ScannerPass shared =
        credentials(Map.of("nettrace.scanner.token", token)).check(token).orElseThrow();
    add(OWN, new AssignmentPolicy.OfTenant(first.id(), true));
    assertThat(vantagePoints.introduce(shared, helloOf(OWN)))
        .isEqualTo(new Introduction.NotAdmitted());
    assertThat(deliveries.take(shared, from(OWN, 1))).isEqualTo(new DeliveryOutcome.NotAdmitted());
    AuditEntries entries = new AuditEntries(kit.database);
    assertThat(vantagePoints.introduce(shared, helloOf("added")))
        .isInstanceOf(Introduction.Assigned.class);
    assertThat(entries.take())
        .extracting(AuditEntries.Entry::type, AuditEntries.Entry::actor)
        .containsExactly(tuple("vantage-point.introduced", "scanner:added"));
  }

  @Test
  void aCredentialIsIssuedReplacedWithOverlapAndWithdrawnAtOnce() {
    add(OTHER, new AssignmentPolicy.Shared());
    AuditEntries entries = new AuditEntries(kit.database);
    var issued = issue(OTHER);
    assertThat(issued.secret()).startsWith("nts_").hasSizeGreaterThan(40);
    assertThat(credentials.check(issued.secret()))
        .contains(new ScannerPass.OfVantagePoint(issued.credential().id(), OTHER));
    assertThat(credentials.list(OTHER).getFirst().lastUsedAt()).isPresent();
    assertThat(stored()).doesNotContain(issued.secret());

    UUID id = issued.credential().id();
    var next =
        (CredentialOutcome.Issued) credentials.rotate(Actors.TEST, OTHER, id, Duration.ofHours(1));
    assertThat(credentials.rotate(Actors.TEST, OTHER, id, Duration.ofHours(1)))
        .isEqualTo(new CredentialOutcome.UnknownCredential());
    assertThat(credentials.check(issued.secret())).isPresent();
    assertThat(credentials.check(next.secret())).isPresent();
    clock.advance(Duration.ofHours(1));
    assertThat(credentials.check(issued.secret())).isEmpty();
    assertThat(credentials.check(next.secret())).isPresent();

    ScannerCredentials otherNode = credentials(Map.of());
    assertThat(otherNode.check(next.secret())).isPresent();
    assertThat(credentials.revoke(Actors.TEST, OTHER, next.credential().id())).isTrue();
    assertThat(otherNode.check(next.secret())).isEmpty();
    assertThat(credentials.revoke(Actors.TEST, OTHER, next.credential().id())).isTrue();
    assertThat(credentials.revoke(Actors.TEST, OTHER, UUID.randomUUID())).isFalse();
    assertThat(entries.take())
        .extracting(AuditEntries.Entry::type)
        .containsExactly(
            "vantage-point.credential-issued",
            "vantage-point.credential-rotated",
            "vantage-point.credential-revoked");
  }

  @Test
  void thereAreBoundsAndWhatIsUnknownIsTold() {
    add(OTHER, new AssignmentPolicy.Shared());
    add(OWN, new AssignmentPolicy.OfTenant(first.id(), false));
    UUID id = issue(OTHER).credential().id();
    assertThat(credentials.rotate(Actors.TEST, OWN, id, Duration.ZERO))
        .isEqualTo(new CredentialOutcome.UnknownCredential());
    assertThat(credentials.revoke(Actors.TEST, OWN, id)).isFalse();
    assertThat(credentials.rotate(Actors.TEST, OTHER, id, Duration.ofDays(31)))
        .isInstanceOf(CredentialOutcome.OverlapTooLong.class);
    assertThat(credentials.issue(Actors.TEST, "nowhere"))
        .isEqualTo(new CredentialOutcome.UnknownVantagePoint());
    for (int i = 1; i < ScannerCredentials.MOST_LIVE; i++) {
      var _ = issue(OTHER);
    }
    assertThat(credentials.issue(Actors.TEST, OTHER))
        .isEqualTo(new CredentialOutcome.TooMany(ScannerCredentials.MOST_LIVE));
    for (String text : List.of("", "x", "nts_", "y".repeat(100_000), "Ä\u0000")) {
      assertThat(credentials.check(text)).isEmpty();
    }
  }

  @Test
  void aTenantThatIsNotServedHasNoScanners() {
    add(OWN, new AssignmentPolicy.OfTenant(first.id(), true));
    String secret = issue(OWN).secret();
    assertThat(kit.tenants.suspend(Actors.TEST, first.id())).isTrue();
    assertThat(credentials.check(secret)).isEmpty();
    assertThat(kit.tenants.resume(Actors.TEST, first.id())).isTrue();
    assertThat(credentials.check(secret)).isPresent();
  }

  @Test
  void aTenantsVantagePointsGoWithIt() {
    add(OWN, new AssignmentPolicy.OfTenant(first.id(), false));
    add(OTHER, new AssignmentPolicy.Shared());
    ScannerPass pass = pass(OWN);
    var _ = hello(pass, OWN);
    assertThat(deliveries.take(pass, from(OWN, 1))).isInstanceOf(DeliveryOutcome.Stored.class);
    boolean _ =
        kit.database.transaction(
            tx -> {
              register.forget(tx, first.id());
              return true;
            });
    assertThat(count("platform.vantage_points")).isEqualTo(1);
    assertThat(count("platform.scanner_credentials")).isZero();
    assertThat(count("platform.scanners")).isZero();
    assertThat(count("platform.deliveries")).isZero();
  }

  private void add(String name, AssignmentPolicy policy) {
    assertThat(
            register.register(
                Actors.TEST, new RegisteredVantagePoint(new VantagePoint(name, true), policy)))
        .isTrue();
  }

  private CredentialOutcome.Issued issue(String vantagePoint) {
    return (CredentialOutcome.Issued) credentials.issue(Actors.TEST, vantagePoint);
  }

  private ScannerPass pass(String vantagePoint) {
    return credentials.check(issue(vantagePoint).secret()).orElseThrow();
  }

  private List<String> assigned(String vantagePoint) {
    return hello(pass(vantagePoint), vantagePoint).targets().stream()
        .map(AssignedTarget::targetId)
        .toList();
  }

  private Assignment hello(ScannerPass by, String vantagePoint) {
    return ((Introduction.Assigned) vantagePoints.introduce(by, helloOf(vantagePoint)))
        .assignment();
  }

  private Hello helloOf(String vantagePoint) {
    return new Hello(
        Hello.CONTRACT_VERSION, vantagePoint, true, ProbeMode.RAW, spool, spool, SpoolState.EMPTY);
  }

  private Renewal renewal(String vantagePoint) {
    return new Renewal(vantagePoint, true, spool, spool, 0, false, SpoolState.EMPTY);
  }

  /** A burst, a trace and an answer of each target, as if from there. */
  private Delivery from(String vantagePoint, long sequence) {
    Delivery delivery = delivery(sequence, now);
    return new Delivery(
        spool,
        sequence,
        vantagePoint,
        true,
        now,
        delivery.bursts(),
        delivery.traces(),
        delivery.resolutions());
  }

  private String stored() {
    return kit.database.run(
        connection ->
            Sql.of(
                    "select string_agg(c::text, '') as all_of_it from platform.scanner_credentials"
                        + " c")
                .first(connection, row -> row.getString("all_of_it"))
                .orElseThrow());
  }
}
