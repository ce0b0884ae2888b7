package io.nettrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.testing.Customer;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Turns of a tenant at the record, by pages and by calls of the API. */
class PortalTurnsIT extends OnStage {
  private static final int TURNS = 4;
  private static final String WAITING =
      "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like"
          + " '%edge_moves%'";

  @Test
  void aPageOfTheRecordIsRefusedWhileCallsTakeAllTurnsOfTheTenant() throws Exception {
    Customer greedy = stage.customer("greedy");
    Customer modest = stage.customer("modest");
    String cookie = "nettrace-session=" + PortalStage.session(greedy);
    assertThat(stage.get("/changes", "Cookie", cookie).statusCode()).isEqualTo(200);
    try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
        Connection lock = stage.system.database();
        Connection looking = stage.system.database()) {
      lock.setAutoCommit(false);
      try (Statement statement = lock.createStatement()) {
        statement.execute("lock table catalog.edge_moves in access exclusive mode");
      }
      List<Future<HttpResponse<String>>> calls = new ArrayList<>();
      for (int i = 0; i < TURNS; i++) {
        calls.add(readers.submit(() -> greedy.withKey("GET", "/api/v1/changes")));
      }
      awaitReadsThatWait(looking);

      HttpResponse<String> page = stage.get("/changes", "Cookie", cookie);
      assertThat(page.statusCode()).as(page.body()).isEqualTo(429);
      assertThat(page.body()).contains("Too many pages of your tenant at once");
      assertThat(stage.get("/account/usage", "Cookie", cookie).statusCode())
          .as("a page that shows no record takes no turn")
          .isEqualTo(200);
      assertThat(modest.withKey("GET", "/api/v1/latency/www.nyse.com").statusCode()).isEqualTo(200);

      lock.rollback();
      for (Future<HttpResponse<String>> call : calls) {
        assertThat(call.get().statusCode()).isEqualTo(200);
      }
    }
    assertThat(stage.get("/changes", "Cookie", cookie).statusCode()).isEqualTo(200);
  }

  private static void awaitReadsThatWait(Connection looking) throws Exception {
    int waiting = 0;
    while (waiting < TURNS) {
      try (Statement statement = looking.createStatement();
          ResultSet row = statement.executeQuery(WAITING)) {
        assertThat(row.next()).isTrue();
        waiting = row.getInt(1);
      }
    }
  }
}
