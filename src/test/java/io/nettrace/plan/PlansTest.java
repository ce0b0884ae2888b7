package io.nettrace.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nettrace.platform.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PlansTest {
  private static final Path FILE = Path.of("tenants", "plans.json");

  private final Plans plans = new Plans();

  @Test
  void thereAreFivePlansFromFreeToGovernment() {
    assertThat(plans.all())
        .extracting(Plan::name, Plan::centsPerMonth)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("free", 0L),
            org.assertj.core.groups.Tuple.tuple("pro", 24_900L),
            org.assertj.core.groups.Tuple.tuple("enterprise", 249_900L),
            org.assertj.core.groups.Tuple.tuple("enterprise-pro", 5_000_000L),
            org.assertj.core.groups.Tuple.tuple("government", 50_000_000L));
    assertThat(plans.first()).isSameAs(plans.byName("free").orElseThrow());
    assertThat(plans.byName("premium")).isEmpty();
  }

  @Test
  void eachPlanHasEverythingThatTheOneBeforeHas() {
    List<Plan> all = plans.all();
    for (int i = 1; i < all.size(); i++) {
      assertThat(all.get(i).entitlements()).containsAll(all.get(i - 1).entitlements());
      assertThat(all.get(i).history()).isGreaterThan(all.get(i - 1).history());
    }
    assertThat(all.getFirst().entitlements())
        .containsExactlyInAnyOrder(
            Entitlement.LATENCY, Entitlement.HISTORY, Entitlement.RANKINGS, Entitlement.COMPARE);
  }

  @ParameterizedTest
  @EnumSource
  void everythingThatCanBeHadIsInSomePlan(Entitlement entitlement) {
    assertThat(plans.cheapestWith(entitlement)).isPresent();
    assertThat(entitlement.words()).isNotBlank();
  }

  /**
   * A plan sells only what is there: code that asks for an entitlement is what makes it worth
   * anything.
   */
  @ParameterizedTest
  @EnumSource
  void whatNoCodeAsksForIsMarkedAsComing(Entitlement entitlement) throws IOException {
    String use = "Entitlement." + entitlement.name();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      boolean isUsed =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .anyMatch(file -> mentions(file, Pattern.compile(use + "\\b")));
      assertThat(plans.isComing(entitlement)).isEqualTo(!isUsed);
    }
  }

  private static boolean mentions(Path file, Pattern use) {
    try {
      return use.matcher(Files.readString(file)).find();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aRefusalCanNameTheCheapestPlanThatHasIt() {
    assertThat(plans.cheapestWith(Entitlement.ROUTES).orElseThrow().name()).isEqualTo("pro");
    assertThat(plans.cheapestWith(Entitlement.BULK_EXPORT).orElseThrow().name())
        .isEqualTo("enterprise");
    assertThat(plans.cheapestWithHistory(Duration.ofHours(24)).orElseThrow().name())
        .isEqualTo("free");
    assertThat(plans.cheapestWithHistory(Duration.ofHours(25)).orElseThrow().name())
        .isEqualTo("pro");
    assertThat(plans.cheapestWithHistory(Duration.ofDays(730)).orElseThrow().name())
        .isEqualTo("government");
    assertThat(plans.cheapestWithHistory(Duration.ofDays(731))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"title\": \"Pro\",|\"titel\": \"Pro\",|/plans/1",
        "\"name\": \"pro\"|\"name\": \"free\"|/plans/1/name: 'free' is another plan's name",
        "\"cents_per_month\": 0,|\"cents_per_month\": 1,|/plans/0/cents_per_month: everybody",
        "\"calls_per_day\": 10000,|\"calls_per_day\": 99,|/plans/1/calls_per_day: a plan includes",
        "\"history\": \"30d\"|\"history\": \"23h\"|/plans/1/history: a plan includes",
        "\"history\": \"30d\"|\"history\": \"a month\"|/plans/1/history: does not match",
        "\"BULK_EXPORT\"|\"ROUTES\"|/plans/2/adds/0: ROUTES is in an earlier plan already",
        "\"BULK_EXPORT\"|\"BULK\"|/plans/2/adds/0: does not have a value in the enumeration",
        "\"packets_per_minute\": 60000|\"packets_per_minute\": -1|/plans/3/packets_per_minute",
        "\"plans\": [|\"plans\": [[],|/plans/0",
        "\"plans\": [|\"plans\": |line",
      })
  void aMistakeIsRefusedWithFilePlaceAndReason(String right, String wrong, String reason)
      throws IOException {
    String content = Files.readString(FILE);
    assertThat(content).contains(right);
    byte[] spoiled = content.replace(right, wrong).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> new Plans("my.json", spoiled))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("my.json")
        .hasMessageContaining(reason);
  }
}
