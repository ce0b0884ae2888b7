package io.nettrace.scanner.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.scanner.Resolution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  @TempDir Path folder;

  @Test
  void deliveriesAreNumberedFromOneAndComeBackOldestFirst() throws IOException {
    Spool spool = open(CLOCK, 10);
    seal(spool, "a");
    seal(spool, "b");

    assertThat(drain(spool)).containsExactly("1 a", "2 b");
    assertThat(spool.size()).isZero();
  }

  @Test
  void whatAnEarlierProcessLeftBehindGoesFirstUnderItsOwnNumbering() throws IOException {
    Spool before = open(CLOCK, 10);
    seal(before, "old");
    Spool after = open(Clock.offset(CLOCK, Duration.ofHours(1)), 10);
    seal(after, "new");

    assertThat(after.oldest().orElseThrow().delivery().spool()).isEqualTo(before.id());
    assertThat(drain(after)).containsExactly("1 old", "1 new");
  }

  @Test
  void anAcknowledgedDeliveryDoesNotComeBackAfterARestart() throws IOException {
    Spool before = open(CLOCK, 10);
    seal(before, "a");
    seal(before, "b");
    before.acknowledged(before.oldest().orElseThrow());

    assertThat(drain(open(CLOCK, 10))).containsExactly("2 b");
  }

  @Test
  void aFileThatACrashCutOffIsRemoved() throws IOException {
    Files.writeString(folder.resolve("0000000000001-000000000001.draft"), "{\"spo");

    Spool spool = open(CLOCK, 10);

    assertThat(spool.oldest()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aDamagedFileIsSetAsideAndDoesNotHoldUpTheRest() throws IOException {
    Files.writeString(folder.resolve("0000000000001-000000000001.json"), "{\"spo");
    Spool spool = open(CLOCK, 10);
    seal(spool, "a");

    assertThat(drain(spool)).containsExactly("1 a");
    assertThat(folder.resolve("refused")).isNotEmptyDirectory();
  }

  @Test
  void aFullSpoolGivesUpItsOldestAndCountsThem() throws IOException {
    Spool spool = open(CLOCK, 2);
    for (String host : List.of("a", "b", "c", "d")) {
      seal(spool, host);
    }

    assertThat(spool.dropped()).isEqualTo(2);
    assertThat(drain(spool)).containsExactly("3 c", "4 d");
  }

  private Spool open(Clock clock, int capacity) throws IOException {
    return Spool.open(folder, "local", false, capacity, UUID.randomUUID(), clock);
  }

  private static void seal(Spool spool, String host) throws IOException {
    spool.seal(List.of(), List.of(), List.of(new Resolution.Failed(host, host, NOW, "NXDOMAIN")));
  }

  private static List<String> drain(Spool spool) throws IOException {
    List<String> seen = new ArrayList<>();
    Optional<Spool.Sealed> next = spool.oldest();
    while (next.isPresent()) {
      var delivery = next.get().delivery();
      seen.add(delivery.sequence() + " " + delivery.resolutions().getFirst().targetId());
      spool.acknowledged(next.get());
      next = spool.oldest();
    }
    return seen;
  }
}
