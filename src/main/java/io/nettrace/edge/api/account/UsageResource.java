package io.nettrace.edge.api.account;

import io.nettrace.desk.Action;
import io.nettrace.edge.api.http.ApiCaller;
import io.nettrace.edge.api.http.Bodies;
import io.nettrace.edge.api.http.Cost;
import io.nettrace.edge.api.http.Needs;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.plan.QuotaState;
import io.nettrace.plan.Quotas;
import io.nettrace.plan.Usage;
import io.nettrace.plan.UsageDay;
import io.nettrace.platform.Service;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What a tenant used: the number of the ledger, of the headers, and of the invoice. */
@Path("usage")
@Produces("application/json")
@Service
public class UsageResource {
  private static final int STANDARD_DAYS = 30;
  private static final int MOST_DAYS = 400;

  private final Usage usage;
  private final Quotas quotas;
  private final Clock clock;

  private record DayView(LocalDate day, long used, long refused) {}

  private record TodayView(
      long used, long refused, long limit, boolean unlimited, long remaining, Instant resetsAt) {}

  private record View(String plan, TodayView today, List<DayView> days) {}

  @Inject
  UsageResource(Usage usage, Quotas quotas, Clock clock) {
    this.usage = usage;
    this.quotas = quotas;
    this.clock = clock;
  }

  /** Asking for it is free. */
  @GET
  @Needs(value = Action.READ_USAGE, cost = Cost.UNMETERED)
  public Response usage(@Context SecurityContext security, @Context UriInfo address) {
    ApiCaller caller = ApiCaller.of(security);
    int days = QueryParameters.of(address, "days").integer("days", STANDARD_DAYS, 1, MOST_DAYS);
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    List<UsageDay> found = usage.days(caller.tenant().id(), today.minusDays(days - 1L), today);
    UsageDay now =
        found.stream()
            .filter(day -> day.day().equals(today))
            .findFirst()
            .orElseGet(() -> new UsageDay(today, 0, 0));
    QuotaState state = quotas.state(caller.tenant().id());
    return Bodies.answer(
        200,
        new View(
            caller.plan().name(),
            new TodayView(
                now.used(),
                now.refused(),
                state.limit(),
                state.unlimited(),
                Math.max(0, state.limit() - now.used()),
                today
                    .plusDays(1)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant()
                    .truncatedTo(ChronoUnit.SECONDS)),
            found.stream().map(d -> new DayView(d.day(), d.used(), d.refused())).toList()));
  }
}
