package io.nettrace.edge.api.v1;

import io.nettrace.platform.Service;
import io.nettrace.sample.Latest;
import io.nettrace.sample.Snapshot;
import io.nettrace.target.Targets;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A few targets side by side, in the order asked for. */
@Path("compare")
@Produces("application/json")
@Service
public class CompareResource {
  private static final int LEAST = 2;
  private static final int MOST = 8;

  private final Targets targets;
  private final Latest latest;

  private record Body(List<LatencyView> hosts) {}

  @Inject
  CompareResource(Targets targets, Latest latest) {
    this.targets = targets;
    this.latest = latest;
  }

  @GET
  public Response compare(
      @HeaderParam("If-None-Match") @Nullable String ifNoneMatch, @Context UriInfo address) {
    Query query = Query.of(address, "hosts", "vantage_point");
    Snapshot snapshot = latest.snapshot();
    List<LatencyView> views =
        hosts(query).stream()
            .map(host -> LatencyView.of(Subject.of(host, query, targets, snapshot)))
            .toList();
    return new Page(new Body(views)).answer(ifNoneMatch);
  }

  private static List<String> hosts(Query query) {
    List<String> hosts =
        Arrays.stream(query.text("hosts").orElse("").split(",", -1))
            .map(host -> host.strip().toLowerCase(Locale.ROOT))
            .filter(host -> !host.isEmpty())
            .distinct()
            .toList();
    if (hosts.size() < LEAST || hosts.size() > MOST) {
      throw Refusals.parameter(
          "hosts", "must be %d to %d different hosts, separated by commas".formatted(LEAST, MOST));
    }
    return hosts;
  }
}
