package io.nettrace.edge.api.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nettrace.edge.api.http.RefusalException;
import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.job.DueJobs;
import io.nettrace.platform.job.JobRefusedException;
import io.nettrace.platform.job.JobType;
import io.nettrace.platform.job.Jobs;
import io.nettrace.platform.job.ListedJob;
import io.nettrace.testing.MovableClock;
import io.nettrace.testing.SharedPostgres;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperatedJobsIT {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final JobType<Note> NOTES = JobType.of("note.write", Note.class);

  private final Database database = SharedPostgres.migratedDatabase();
  private final Jobs jobs = new Jobs(database, new Chores(database), new MovableClock(NOW));
  private final OperatedJobs resource = new OperatedJobs(jobs);
  private final List<Runnable> whileItRuns = new ArrayList<>();

  record Note(String text) {}

  @BeforeEach
  void refuse() {
    jobs.handle(
        NOTES,
        (_, _) -> {
          whileItRuns.forEach(Runnable::run);
          throw new JobRefusedException("Not today.");
        });
  }

  @Test
  void whatIsNoJobIsNotFound() {
    for (String id : List.of("x", "../tenants", "0192f3c4-7d1e-7a6b-9c3d-5e8f0a1b2c3d")) {
      assertRefused(404, "There is no job " + id, () -> resource.one(id));
      assertRefused(404, "There is no job " + id, () -> resource.replay(id));
      assertRefused(404, "There is no job " + id, () -> resource.drop(id));
    }
  }

  @Test
  void oneThatWaitsIsNotReplayed() {
    String id = enqueue();

    assertRefused(409, "is not dead", () -> resource.replay(id));
  }

  @Test
  void aReplayIsAnsweredThoughTheJobIsDoneAlready() {
    String id = enqueue();
    assertThat(DueJobs.run(jobs)).isEqualTo(1);
    // as when a node runs it before the answer is written
    execute(
        """
        create function platform.done_at_once() returns trigger language plpgsql as $$
        begin
          delete from platform.jobs where id = new.id;
          return null;
        end $$;
        create trigger done_at_once after insert on platform.jobs
          for each row execute function platform.done_at_once()
        """);
    assertThat(resource.replay(id).getStatus()).isEqualTo(204);
  }

  @Test
  void oneThatRunsIsLeftAlone() {
    String id = enqueue();
    whileItRuns.add(() -> assertRefused(409, "runs now", () -> resource.drop(id)));
    whileItRuns.add(() -> assertRefused(409, "runs now", () -> resource.replay(id)));

    assertThat(DueJobs.run(jobs)).isEqualTo(1);
  }

  @Test
  void oneIsNotReplayedBesideAnotherOfItsKey() {
    String id = enqueue();
    assertThat(DueJobs.run(jobs)).isEqualTo(1);
    enqueue();

    assertRefused(409, "Another job of its type and key", () -> resource.replay(id));
  }

  private String enqueue() {
    assertThat(
            database.<Boolean>transaction(
                tx -> jobs.enqueue(tx, NOTES, "k", Optional.empty(), new Note("x"), NOW)))
        .isTrue();
    ListedJob listed = jobs.list(Optional.empty(), Optional.empty(), 10).getLast();
    return listed.id().toString();
  }

  private void execute(String sql) {
    database.run(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
          }
        });
  }

  private static void assertRefused(int status, String words, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            RefusalException.class,
            refusal -> {
              assertThat(refusal.problem().status()).isEqualTo(status);
              assertThat(refusal.problem().detail()).contains(words);
            });
  }
}
