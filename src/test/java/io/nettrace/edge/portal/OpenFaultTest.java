package io.nettrace.edge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.scan.VantageFaults;
import io.nettrace.scanner.OwnFault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenFaultTest {
  private static final Instant NOW = Instant.parse("2026-11-26T14:51:38.4Z");

  @Test
  void faultsOfOneVantagePointAreToldOneOfAKindFromItsBeginningOn() {
    List<VantageFaults.Fault> open =
        List.of(
            fault("ewr", OwnFault.Kind.RESOLVER, 5, OwnFault.NO_NAME_SERVER),
            fault("ewr", OwnFault.Kind.LINE, 20, OwnFault.UNSENT),
            fault("ewr", OwnFault.Kind.LINE, 38, OwnFault.NO_ANSWER),
            fault("fra", OwnFault.Kind.CLOCK, 50, OwnFault.CLOCK_FAST));
    assertThat(OpenFault.of(open, "ewr"))
        .containsExactly(
            new OpenFault(
                "The line of ewr is down",
                Instant.parse("2026-11-26T14:51:00Z"),
                "no target answers any more",
                true),
            new OpenFault(
                "Names cannot be looked up at ewr",
                Instant.parse("2026-11-26T14:51:33Z"),
                "no name server answers",
                false));
    assertThat(OpenFault.of(open, "fra").getFirst().what()).isEqualTo("The clock of fra is wrong");
    assertThat(OpenFault.of(open, "ord")).isEmpty();
  }

  private static VantageFaults.Fault fault(
      String point, OwnFault.Kind kind, long secondsAgo, String reason) {
    return new VantageFaults.Fault(
        point, new OwnFault(kind, NOW.minusSeconds(secondsAgo), Optional.empty(), 9, reason));
  }
}
