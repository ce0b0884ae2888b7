package io.nettrace.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.job.JobType;
import io.nettrace.platform.job.Jobs;
import io.nettrace.platform.job.ListedJob;
import io.nettrace.testing.SharedPostgres;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TenantJobsIT {
  private static final JobType<Note> NOTES = JobType.of("note.write", Note.class);

  private final Database database = SharedPostgres.migratedDatabase();
  private final Jobs jobs = new Jobs(database, new Chores(database), Clock.systemUTC());

  record Note(String text) {}

  @Test
  void jobsOfATenantGoWithItAndOthersStay() {
    UUID goes = UUID.randomUUID();
    UUID stays = UUID.randomUUID();
    database.transaction(
        tx -> {
          for (UUID tenant : new UUID[] {goes, stays}) {
            jobs.enqueue(
                tx, NOTES, tenant.toString(), Optional.of(tenant), new Note("x"), Instant.now());
          }
          new TenantJobs(jobs).forget(tx, goes);
          return true;
        });

    assertThat(jobs.list(Optional.empty(), Optional.empty(), 10))
        .extracting(ListedJob::key)
        .containsExactly(stays.toString());
  }
}
