package io.nettrace.edge.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.sample.Position;
import io.nettrace.sample.Selection;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CursorsTest {
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00.123456Z");
  private static final Cursors.Cursor CURSOR =
      new Cursors.Cursor(
          "history",
          new Selection("nyse", "local", TIME.minusSeconds(60), TIME.plusSeconds(60)),
          new Position(TIME, "ICMP", "192.0.2.1"));

  private final Cursors cursors = new Cursors("a secret");

  @Test
  void aCursorComesBackAsItWent() {
    assertThat(cursors.read(cursors.write(CURSOR))).contains(CURSOR);
  }

  @Test
  void aCursorOfAnotherSecretIsNone() {
    assertThat(new Cursors("another").read(cursors.write(CURSOR))).isEmpty();
  }

  @Test
  void everyChangedCharacterIsNoticed() {
    String text = cursors.write(CURSOR);
    for (int i = 0; i < text.length() - 1; i++) {
      char other = text.charAt(i) == 'A' ? 'B' : 'A';
      String changed = text.substring(0, i) + other + text.substring(i + 1);
      assertThat(cursors.read(changed)).as("character %d", i).isEqualTo(Optional.empty());
    }
  }

  @Test
  void nonsenseIsNone() {
    assertThat(cursors.read("")).isEmpty();
    assertThat(cursors.read("%%%")).isEmpty();
    assertThat(cursors.read("AAAA")).isEmpty();
  }
}
