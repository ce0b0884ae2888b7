package io.nettrace.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.nettrace.apikey.KeyKind;
import io.nettrace.plan.Plans;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every action, and whom the desk lets do it, held against {@value #FILE}. */
class ActionMatrixTest {
  private static final String FILE = "/io/nettrace/desk/action-matrix.txt";
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");

  private final Plans plans = new Plans();
  private final AccessMatrix matrix = new AccessMatrix(plans, NOW);
  private final Desk desk = new Desk(plans, Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void everyActionIsAllowedToThoseWhomTheTableNames() throws IOException {
    List<List<String>> lines = new ArrayList<>(List.of(matrix.header("action")));
    Arrays.stream(Action.values())
        .map(
            action ->
                matrix.line(
                    action.name(),
                    caller -> desk.decide(caller, action) instanceof Decision.Allowed))
        .forEach(lines::add);
    Map<String, List<String>> decided = AccessMatrix.read(file());
    List<String> wrong = new ArrayList<>();
    for (List<String> line : lines) {
      List<String> expected = decided.remove(line.getFirst());
      if (!line.equals(expected)) {
        wrong.add("decided: " + expected + "\nit is:   " + line);
      }
    }
    decided.keySet().forEach(gone -> wrong.add("no such action any more: " + gone));
    if (!wrong.isEmpty()) {
      fail(String.join("\n", wrong) + "\n\nthe table as it is:\n" + AccessMatrix.table(lines));
    }
  }

  @ParameterizedTest
  @EnumSource(Action.class)
  void strangersAreAskedToSignInOrFindNothing(Action action) {
    assertThat(desk.decide(Optional.empty(), action))
        .isIn(new Decision.SignInNeeded(), new Decision.OperatorNeeded());
  }

  @ParameterizedTest
  @EnumSource(Action.class)
  void whatCannotBeMendedIsSaidBeforeAStaleProof(Action action) {
    Caller keyOfAll = matrix.key(KeyKind.LIVE, Set.of());
    if (action.rule().needsStepUp()) {
      assertThat(desk.decide(keyOfAll, action)).isEqualTo(new Decision.PersonNeeded());
    }
  }

  private static List<String> file() throws IOException {
    try (InputStream in = ActionMatrixTest.class.getResourceAsStream(FILE)) {
      return in == null
          ? List.of()
          : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
