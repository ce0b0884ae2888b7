package io.nettrace.edge.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.platform.crypto.Signer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CursorsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<String> PARTS = List.of("nyse", "", "1767225600000000");
  private static final Cursors.Reading FOREIGN = new Cursors.Reading.Foreign();

  private static final UUID TENANT = UUID.randomUUID();

  private final OwnCursors cursors = cursors("a secret", NOW);

  @Test
  void aCursorComesBackAsItWent() {
    assertThat(cursors.read("history", written())).isEqualTo(new Cursors.Reading.Good(PARTS));
  }

  @Test
  void aCursorOfAnotherSecretOrAnotherListingIsForeign() {
    assertThat(cursors("another", NOW).read("history", written())).isEqualTo(FOREIGN);
    assertThat(cursors.read("changes", written())).isEqualTo(FOREIGN);
  }

  @Test
  void aCursorOfAnotherTenantIsForeign() {
    OwnCursors others = cursors.all().of(UUID.randomUUID());
    assertThat(others.read("history", written())).isEqualTo(FOREIGN);
    assertThat(cursors.read("history", others.write("history", PARTS))).isEqualTo(FOREIGN);
  }

  @Test
  void aCursorIsGoodForADayAndSaysSoAfterwards() {
    Instant last = NOW.plus(Cursors.GOOD_FOR);
    assertThat(cursors("a secret", last).read("history", written()))
        .isInstanceOf(Cursors.Reading.Good.class);
    assertThat(cursors("a secret", last.plus(Duration.ofSeconds(1))).read("history", written()))
        .isEqualTo(new Cursors.Reading.Expired());
  }

  @Test
  void everyChangedCharacterIsNoticed() {
    String text = written();
    for (int i = 0; i < text.length() - 1; i++) {
      char other = text.charAt(i) == 'A' ? 'B' : 'A';
      String changed = text.substring(0, i) + other + text.substring(i + 1);
      assertThat(cursors.read("history", changed)).as("character %d", i).isEqualTo(FOREIGN);
    }
  }

  @Test
  void aCursorThatAnEarlierReleaseWroteIsGood() {
    String payload =
        String.join(
            "\n",
            "history",
            TENANT.toString(),
            NOW.getEpochSecond() + "",
            "nyse",
            "",
            PARTS.getLast());
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    byte[] signed = Arrays.copyOf(bytes, bytes.length + 16);
    System.arraycopy(Signer.ofSingleUse("a secret").sign(bytes), 0, signed, bytes.length, 16);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
    assertThat(cursors.read("history", text)).isEqualTo(new Cursors.Reading.Good(PARTS));
    assertThat(text).isNotEqualTo(written());
  }

  @Test
  void nonsenseIsForeign() {
    for (String text : List.of("", "%%%", "AAAA")) {
      assertThat(cursors.read("history", text)).isEqualTo(FOREIGN);
    }
  }

  private String written() {
    return cursors.write("history", PARTS);
  }

  private static OwnCursors cursors(String secret, Instant now) {
    return new Cursors(secret, Clock.fixed(now, ZoneOffset.UTC)).of(TENANT);
  }
}
