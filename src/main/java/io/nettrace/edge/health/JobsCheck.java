package io.nettrace.edge.health;

import io.nettrace.platform.Service;
import io.nettrace.platform.job.JobStanding;
import io.nettrace.platform.job.Jobs;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Jobs of all nodes, and which of them are dead, as data: it never makes this node unready. */
@Readiness
@Service
public class JobsCheck implements HealthCheck {
  private final Jobs jobs;
  private final Standings standings;

  @Inject
  JobsCheck(Jobs jobs, Standings standings) {
    this.jobs = jobs;
    this.standings = standings;
  }

  @Override
  public HealthCheckResponse call() {
    return standings.check(
        "jobs",
        check -> {
          List<JobStanding> all = jobs.standings();
          all.forEach(one -> tell(check, one));
          return troubles(all);
        });
  }

  static List<Trouble> troubles(List<JobStanding> all) {
    List<Trouble> troubles = new ArrayList<>();
    for (JobStanding one : all) {
      if (one.dead() > 0) {
        troubles.add(
            new Trouble(
                "%d jobs of %s were given up".formatted(one.dead(), one.type()),
                "GET /operator/v1/jobs?state=dead and the console say why; replay or drop them."));
      }
    }
    return troubles;
  }

  private static void tell(HealthCheckResponseBuilder check, JobStanding one) {
    check.withData(one.type() + ".waiting", one.waiting());
    check.withData(one.type() + ".running", one.running());
    check.withData(one.type() + ".dead", one.dead());
    one.oldestDue().ifPresent(at -> check.withData(one.type() + ".oldest_due", at.toString()));
  }
}
