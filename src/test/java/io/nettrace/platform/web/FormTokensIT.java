package io.nettrace.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.platform.Database;
import io.nettrace.testing.MovableClock;
import io.nettrace.testing.SharedPostgres;
import java.time.Instant;
import java.util.Collections;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class FormTokensIT {
  private final Database database = SharedPostgres.migratedDatabase();
  private final FormTokens tokens =
      new FormTokens(database, new MovableClock(Instant.parse("2026-11-26T10:00:00Z")));

  @Test
  void ofManyThatSendOneFormAtOnceOneIsFirst() throws Exception {
    UUID token = UUID.randomUUID();
    Callable<Boolean> sending = () -> tokens.isFirst(token);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      assertThat(threads.invokeAll(Collections.nCopies(8, sending)).stream().map(Future::resultNow))
          .containsOnlyOnce(true);
    }
    assertThat(tokens.isFirst(UUID.randomUUID())).isTrue();
  }
}
