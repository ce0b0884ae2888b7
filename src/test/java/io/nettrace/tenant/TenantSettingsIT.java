package io.nettrace.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Signals;
import io.nettrace.testing.Actors;
import io.nettrace.testing.SharedPostgres;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TenantSettingsIT {
  private static final Database DATABASE = fresh();

  private final UUID one = UUID.randomUUID();
  private final UUID other = UUID.randomUUID();
  private final String good = "https://%s.example".formatted(one);
  private final TenantSettings settings = node();

  @Test
  void aTenantThatSetNothingHasNoDefaultAndNoOrigins() {
    assertThat(settings.of(one)).isEqualTo(ReaderSettings.UNSET);
    assertThat(settings.isListed(good)).isFalse();
  }

  @Test
  void whatIsPutHoldsAtOnceForItsTenantOnlyAndSaysWhoPutIt() {
    ReaderSettings put = put(one, Optional.of("fra-1"), List.of(good), 0).orElseThrow();

    assertThat(put.vantagePoint()).contains("fra-1");
    assertThat(put.origins()).containsExactly(good);
    assertThat(put.version()).isEqualTo(1);
    assertThat(put.changed().orElseThrow().by()).isEqualTo("ann@example.org");
    assertThat(settings.of(one)).isEqualTo(put);
    assertThat(settings.of(other)).isEqualTo(ReaderSettings.UNSET);
    assertThat(settings.isListed(good)).isTrue();

    assertThat(put(one, Optional.empty(), List.of(), 1)).isPresent();
    assertThat(settings.of(one).vantagePoint()).isEmpty();
    assertThat(settings.isListed(good)).isFalse();
  }

  @Test
  void whatIsPutAgainUnchangedIsNoChange() {
    ReaderSettings put = put(one, Optional.of("fra-1"), List.of(good), 0).orElseThrow();

    assertThat(put(one, Optional.of("fra-1"), List.of(good), 1)).contains(put);
    assertThat(put(one, Optional.of("fra-1"), List.of(), 1).orElseThrow().version()).isEqualTo(2);
  }

  @Test
  void aChangeOfAnOlderVersionChangesNothing() {
    assertThat(put(one, Optional.of("fra-1"), List.of(), 0)).isPresent();

    assertThat(put(one, Optional.of("lhr-1"), List.of(), 0)).isEmpty();
    assertThat(put(one, Optional.of("lhr-1"), List.of(), 2)).isEmpty();
    assertThat(put(other, Optional.of("lhr-1"), List.of(), 1)).isEmpty();

    assertThat(settings.of(one).vantagePoint()).contains("fra-1");
    assertThat(settings.of(other)).isEqualTo(ReaderSettings.UNSET);
  }

  @Test
  void ofChangesThatComeAtOnceOneIsMade() throws Exception {
    try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> all =
          Collections.nCopies(8, () -> put(one, Optional.of("fra-1"), List.of(), 0).isPresent());
      long made = 0;
      for (Future<Boolean> each : many.invokeAll(all)) {
        made += each.get() ? 1 : 0;
      }
      assertThat(made).isEqualTo(1);
    }
    assertThat(settings.of(one).version()).isEqualTo(1);
  }

  @Test
  void anotherNodeReadsWhatWasPutBeforeItCame() {
    ReaderSettings put = put(one, Optional.of("fra-1"), List.of(good), 0).orElseThrow();

    TenantSettings node = node();

    assertThat(node.of(one)).isEqualTo(put);
    assertThat(node.isListed(good)).isTrue();
  }

  @Test
  void aTenantsExportHasItsSettingsAndForgettingLeavesTheOthers() {
    assertThat(put(one, Optional.of("fra-1"), List.of(good), 0)).isPresent();
    assertThat(put(other, Optional.of("lhr-1"), List.of(), 0)).isPresent();
    assertThat(Exported.by(settings, DATABASE, one).get("settings"))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row)
                    .containsEntry("vantage_point", "fra-1")
                    .containsEntry("origins", "{" + good + "}"));

    Exported.forget(settings, DATABASE, one);

    TenantSettings node = node();
    assertThat(node.of(one)).isEqualTo(ReaderSettings.UNSET);
    assertThat(node.isListed(good)).isFalse();
    assertThat(node.of(other).vantagePoint()).contains("lhr-1");
  }

  @Test
  void aListIsReadAsAWholeEachOriginOnceAndAtMostTwenty() {
    assertThat(AllowedOrigins.read(List.of(good, good.toUpperCase(Locale.ROOT) + ":443")))
        .isEqualTo(new AllowedOrigins.Good(List.of(good)));
    assertThat(AllowedOrigins.read(List.of(good, "null", "https://evil.example/")))
        .isInstanceOfSatisfying(
            AllowedOrigins.Bad.class,
            bad ->
                assertThat(bad.faults())
                    .extracting(AllowedOrigins.Fault::at)
                    .containsExactly(1, 2));
    List<String> many =
        IntStream.rangeClosed(1, 21).mapToObj("https://d%d.example"::formatted).toList();
    assertThat(AllowedOrigins.read(many.subList(0, 20))).isInstanceOf(AllowedOrigins.Good.class);
    assertThat(AllowedOrigins.read(many)).isInstanceOf(AllowedOrigins.Bad.class);
  }

  private Optional<ReaderSettings> put(
      UUID tenant, Optional<String> point, List<String> origins, int version) {
    return settings.put(
        Actors.TEST,
        tenant,
        point,
        new AllowedOrigins.Good(origins),
        OptionalInt.of(version),
        "ann@example.org");
  }

  private TenantSettings node() {
    TenantSettings node = new TenantSettings(DATABASE, new Signals(DATABASE), Clock.systemUTC());
    node.begin(new DatabaseReady());
    return node;
  }

  private static Database fresh() {
    String url = SharedPostgres.migratedOwnedUrl();
    Database fresh = new Database(() -> TenantKit.source(url));
    return fresh;
  }
}
