package io.nettrace.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import io.nettrace.platform.Database;
import io.nettrace.platform.Settings;
import io.nettrace.platform.Signals;
import io.nettrace.scan.VantagePoint;
import io.nettrace.tenant.AllowedOrigins;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.TenantKind;
import io.nettrace.tenant.TenantKit;
import io.nettrace.tenant.TenantSettings;
import io.nettrace.tenant.TenantState;
import io.nettrace.testing.Actors;
import io.nettrace.testing.SharedPostgres;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DefaultVantagePointsIT {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Database DATABASE = fresh();
  private static final VantagePoint AMS = new VantagePoint("ams-1", false);
  private static final VantagePoint FRA = new VantagePoint("fra-1", false);
  private static final VantagePoint LHR = new VantagePoint("lhr-1", false);

  private static final Snapshot ALL =
      Snapshot.of(List.of(seen(FRA, NOW), seen(AMS, NOW.minusSeconds(40)), seen(LHR, NOW)));

  private final Tenant tenant =
      new Tenant(
          UUID.randomUUID(),
          "acme",
          "Acme",
          TenantKind.CUSTOMER,
          TenantState.ACTIVE,
          Optional.empty(),
          NOW,
          Optional.empty());
  private final TenantSettings settings =
      new TenantSettings(DATABASE, new Signals(DATABASE), Clock.systemUTC());

  @Test
  void withoutADefaultItIsTheFirstByNameWhicheverMeasuredLast() {
    assertMeant(meant(installation(""), ALL), AMS, "");
    Snapshot later = Snapshot.of(List.of(seen(LHR, NOW.plusSeconds(9)), seen(AMS, NOW)));
    assertMeant(meant(installation(""), later), AMS, "");
  }

  @Test
  void theInstallationsDefaultHoldsForAllThatHaveNoneOfTheirOwn() {
    DefaultVantagePoints defaults = installation("fra-1");
    assertMeant(meant(defaults, ALL), FRA, "");
    assertMeant(defaults.of(Optional.empty(), ALL), FRA, "");
  }

  @Test
  void theTenantsOwnGoesBeforeTheInstallations() {
    set("lhr-1");
    assertMeant(meant(installation("fra-1"), ALL), LHR, "");
    assertMeant(installation("fra-1").of(Optional.empty(), ALL), FRA, "");
  }

  @Test
  void oneThatIsDownForSomeHoursIsStillMeant() {
    set("lhr-1");
    Snapshot down = Snapshot.of(List.of(seen(AMS, NOW), seen(LHR, NOW.minus(Duration.ofHours(5)))));
    assertMeant(meant(installation(""), down), LHR, "");
  }

  @Test
  void oneThatWasGivenUpOrNeverMeasuredGivesWayToTheNextAndTheReaderIsTold() {
    Snapshot retired =
        Snapshot.of(
            List.of(seen(AMS, NOW), seen(FRA, NOW), seen(LHR, NOW.minus(Duration.ofHours(25)))));
    set("lhr-1");
    assertMeant(meant(installation("fra-1"), retired), FRA, "Your default vantage point lhr-1");
    set("nowhere");
    assertMeant(meant(installation("fra-1"), ALL), FRA, "Your default vantage point nowhere");
    assertMeant(meant(installation("mars-1"), ALL), AMS, "Your default vantage point nowhere");
    assertMeant(
        installation("mars-1").of(Optional.empty(), ALL),
        AMS,
        "The installation's default vantage point mars-1");
  }

  @Test
  void beforeTheFirstScanNoneIsMeantAndNothingIsTold() {
    set("lhr-1");
    DefaultVantagePoints.Meant meant = meant(installation("fra-1"), Snapshot.of(List.of()));
    assertThat(meant.vantagePoint()).isEmpty();
    assertThat(meant.notice()).isEmpty();
  }

  @Test
  void onlyWhatIsMeasuredFromCanBeChosenAndTheRefusalNamesTheChoices() {
    RecordKit record = new RecordKit(DATABASE);
    DefaultVantagePoints before = installation("", record);
    assertThat(before.refusal("lab-it")).get().asString().contains("before anything is measured");

    record.bursts("nyse", "www.nyse.com", Instant.now().minusSeconds(60), Duration.ofSeconds(1), 1);

    assertThat(before.choices()).containsExactly(RecordKit.LAB);
    assertThat(before.refusal("lab-it")).isEmpty();
    assertThat(before.refusal("mars-1")).get().asString().endsWith("choose one of lab-it");
  }

  private void set(String point) {
    assertThat(
            settings.put(
                Actors.TEST,
                tenant.id(),
                Optional.of(point),
                new AllowedOrigins.Good(List.of()),
                OptionalInt.empty(),
                "test"))
        .isPresent();
  }

  private DefaultVantagePoints.Meant meant(DefaultVantagePoints defaults, Snapshot snapshot) {
    return defaults.of(Optional.of(tenant), snapshot);
  }

  private static void assertMeant(
      DefaultVantagePoints.Meant meant, VantagePoint point, String notice) {
    assertThat(meant.vantagePoint()).contains(point);
    assertThat(meant.notice().orElse("")).startsWith(notice);
    if (notice.isEmpty()) {
      assertThat(meant.notice()).isEmpty();
    } else {
      assertThat(meant.notice().orElseThrow()).endsWith("shown is what " + point.name() + " sees.");
    }
  }

  private DefaultVantagePoints installation(String point) {
    return installation(point, new RecordKit(DATABASE));
  }

  private DefaultVantagePoints installation(String point, RecordKit record) {
    ReadConfig config =
        ReadConfig.from(Settings.of(Map.of("nettrace.vantage-point.default", point)));
    return new DefaultVantagePoints(config, settings, record.latest());
  }

  private static Standing seen(VantagePoint from, Instant at) {
    BurstSample burst =
        new BurstSample(
            at,
            Protocol.ICMP,
            ProbeMode.RAW,
            InetAddress.ofLiteral("192.0.2.1"),
            2,
            0,
            0,
            Optional.empty(),
            List.of());
    return Standing.unknown("nyse", from).with(burst, Optional.empty());
  }

  private static Database fresh() {
    String url = SharedPostgres.migratedOwnedUrl();
    Database fresh = new Database(() -> TenantKit.source(url));
    return fresh;
  }
}
