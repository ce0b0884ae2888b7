package io.nettrace.edge.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.platform.job.JobStanding;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobsCheckTest {

  @Test
  void deadJobsAreATroubleAndWaitingOnesAreNone() {
    assertThat(
            JobsCheck.troubles(
                List.of(
                    new JobStanding("mail.send", 3, 1, Optional.empty(), 0, 9, 2),
                    new JobStanding("export.make", 0, 0, Optional.empty(), 2, 0, 0))))
        .extracting(Trouble::reason)
        .containsExactly("2 jobs of export.make were given up");
  }
}
