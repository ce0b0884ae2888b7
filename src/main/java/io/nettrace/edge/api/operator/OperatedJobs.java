package io.nettrace.edge.api.operator;

import io.nettrace.edge.api.http.ApiJson;
import io.nettrace.edge.api.http.ConstantNames;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.edge.api.http.RefusalException;
import io.nettrace.platform.Service;
import io.nettrace.platform.job.JobChange;
import io.nettrace.platform.job.JobState;
import io.nettrace.platform.job.Jobs;
import io.nettrace.platform.job.ListedJob;
import io.nettrace.platform.problem.Problem;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Jobs as an operator sees them; dead ones are replayed or dropped, waiting ones cancelled. */
@Path("jobs")
@Produces("application/json")
@Service
public class OperatedJobs {
  private static final int STANDARD_LIMIT = 100;
  private static final int MOST_LIMIT = 1000;

  private final Jobs jobs;

  private record View(
      UUID id,
      String type,
      String key,
      @Nullable UUID tenantId,
      String state,
      Instant enqueuedAt,
      @Nullable Instant dueAt,
      @Nullable Instant diedAt,
      int failedAttempts,
      @Nullable String reason,
      @Nullable String failure,
      @Nullable String node) {}

  private record Listed(List<View> items) {}

  @Inject
  OperatedJobs(Jobs jobs) {
    this.jobs = jobs;
  }

  @GET
  public Response list(@Context UriInfo address) {
    QueryParameters query = QueryParameters.of(address, "type", "state", "limit");
    List<ListedJob> found =
        jobs.list(
            query.text("type"),
            query.choice("state", JobState.class),
            query.integer("limit", STANDARD_LIMIT, 1, MOST_LIMIT));
    return ok(new Listed(found.stream().map(OperatedJobs::view).toList()));
  }

  @GET
  @Path("{id}")
  public Response one(@PathParam("id") String id) {
    return ok(view(find(id)));
  }

  /** Says nothing of the job, which may be done and gone already. */
  @POST
  @Path("{id}/replay")
  public Response replay(@PathParam("id") String id) {
    check(id, jobs.replay(OperatorFilter.ACTOR, find(id).id()));
    return Response.noContent().build();
  }

  /** Cancels one that waits, drops one that is dead. */
  @DELETE
  @Path("{id}")
  public Response drop(@PathParam("id") String id) {
    check(id, jobs.drop(OperatorFilter.ACTOR, find(id).id()));
    return Response.noContent().build();
  }

  private static void check(String id, JobChange change) {
    switch (change) {
      case DONE -> {}
      case UNKNOWN -> throw unknown(id);
      case RUNNING -> throw conflict("job-runs", "The job runs", "Job " + id + " runs now; wait.");
      case WAITING ->
          throw conflict(
              "job-waits", "The job waits already", "Job " + id + " is not dead; it will be run.");
      case SAME_KEY ->
          throw conflict(
              "job-repeated",
              "The same job waits",
              "Another job of its type and key waits or runs; drop job " + id + ", or that one.");
    }
  }

  private ListedJob find(String id) {
    return uuid(id).flatMap(jobs::find).orElseThrow(() -> unknown(id));
  }

  private static Optional<UUID> uuid(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static RefusalException unknown(String id) {
    return new RefusalException(
        Problem.of(
            "unknown-job",
            "No such job",
            404,
            "There is no job "
                + id
                + "; it may have been done. GET /operator/v1/jobs lists those that wait, run or are"
                + " dead."));
  }

  private static RefusalException conflict(String type, String title, String detail) {
    return new RefusalException(Problem.of(type, title, 409, detail));
  }

  private static View view(ListedJob job) {
    boolean dead = job.state() == JobState.DEAD;
    return new View(
        job.id(),
        job.type(),
        job.key(),
        job.tenantId().orElse(null),
        ConstantNames.of(job.state()),
        job.enqueuedAt(),
        dead ? null : job.at(),
        dead ? job.at() : null,
        job.attempts(),
        job.reason().map(ConstantNames::of).orElse(null),
        job.failure().orElse(null),
        job.node().orElse(null));
  }

  private static Response ok(Object view) {
    return Response.ok(ApiJson.bytes(view)).header("Cache-Control", "no-store").build();
  }
}
