package io.nettrace.edge.api.v1;

import io.nettrace.desk.Action;
import io.nettrace.desk.Horizons;
import io.nettrace.desk.RecordReads;
import io.nettrace.edge.api.http.ApiCaller;
import io.nettrace.edge.api.http.CachedAnswer;
import io.nettrace.edge.api.http.Cost;
import io.nettrace.edge.api.http.Cursors;
import io.nettrace.edge.api.http.Needs;
import io.nettrace.edge.api.http.OwnCursors;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.edge.api.v1.SeriesView.PointView;
import io.nettrace.export.Format;
import io.nettrace.metric.AddressText;
import io.nettrace.platform.Service;
import io.nettrace.sample.Aggregate;
import io.nettrace.sample.BurstSample;
import io.nettrace.sample.History;
import io.nettrace.sample.KnownFeed;
import io.nettrace.sample.Position;
import io.nettrace.sample.RecordedBurst;
import io.nettrace.sample.Selection;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How far away a target is, now and in the past. */
@Path("latency/{host}")
@Produces({"application/json", "text/csv", "application/x-ndjson"})
@Service
public class LatencyResource {
  private static final String HISTORY = "history";
  private static final Duration STANDARD_REACH = Duration.ofDays(1);
  private static final List<String> OF_HISTORY =
      Stream.concat(BurstListing.WITH_METHOD.stream(), Stream.of("format", "step", "percentiles"))
          .toList();

  private final Subjects subjects;
  private final Horizons horizons;
  private final LatencyPages pages;
  private final History history;
  private final KnownFeed feed;
  private final RecordReads reads;
  private final BurstFiles files;
  private final Cursors cursors;
  private final Clock clock;

  @Inject
  LatencyResource(
      Subjects subjects,
      Horizons horizons,
      LatencyPages pages,
      History history,
      KnownFeed feed,
      RecordReads reads,
      BurstFiles files,
      Cursors cursors,
      Clock clock) {
    this.subjects = subjects;
    this.horizons = horizons;
    this.pages = pages;
    this.history = history;
    this.feed = feed;
    this.reads = reads;
    this.files = files;
    this.cursors = cursors;
    this.clock = clock;
  }

  @GET
  @Needs(value = Action.READ_LATENCY, cost = Cost.CALL)
  @Produces("application/json")
  public Response now(
      @PathParam("host") String host,
      @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
      @Context UriInfo address,
      @Context SecurityContext security) {
    QueryParameters query = QueryParameters.of(address, "vantage_point");
    Subject subject = subjects.of(ApiCaller.of(security), host, query);
    return pages.page(subject).answer(ifNoneMatch);
  }

  /** Bursts one by one, or with a step in buckets. */
  @GET
  @Needs(value = Action.READ_HISTORY, cost = Cost.CALL)
  @Path("history")
  public Response history(
      @PathParam("host") String host,
      @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
      @Context UriInfo address,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    ApiCaller caller = ApiCaller.of(security);
    QueryParameters query = QueryParameters.of(address, OF_HISTORY);
    OwnCursors own = cursors.of(caller.tenant().id());
    Subject subject =
        subjects.of(caller, host, query, BurstListing.vantagePoint(HISTORY, query, own));
    Format format = Formats.chosen(query, headers, Format.JSON, Format.CSV, Format.NDJSON);
    Optional<String> step = query.text("step");
    if (step.isPresent() || format != Format.JSON) {
      Formats.refuse(query, "a poller reads pages of bursts", KnownOrder.ORDER, KnownOrder.AFTER);
    }
    if (step.isPresent()) {
      Formats.refuse(query, "a series is one page", "cursor", "limit");
      return series(step.get(), query, caller, subject, format, ifNoneMatch);
    }
    Formats.refuse(query, "bursts come with the percentiles of the burst", "percentiles");
    if (format != Format.JSON) {
      Formats.refuse(query, "a file holds the whole range", "cursor", "limit", "fields");
      return files.answer(caller, query, subject, format, STANDARD_REACH);
    }
    TimeParameters times = new TimeParameters(horizons.of(caller.caller()));
    Optional<KnownListing> polled =
        KnownListing.of(HISTORY, query, subject, STANDARD_REACH, own, times);
    if (polled.isPresent()) {
      KnownListing known = polled.get();
      return KnownListingPage.of(
              subject,
              known,
              reads.read(
                  caller.caller(),
                  () -> feed.bursts(known.selection(), known.from(), known.limit())),
              row -> RecordedBurstView.of(known.selection(), row),
              RecordedBurst::position,
              Fields.of(query),
              RecordedBurstView.class)
          .answer(ifNoneMatch, address, own);
    }
    BurstListing listing = BurstListing.of(HISTORY, query, subject, STANDARD_REACH, own, times);
    List<RecordedBurst> bursts =
        reads.read(
            caller.caller(),
            () ->
                history.bursts(
                    listing.selection(), listing.asOf(), listing.position(), listing.limit() + 1));
    return ListingPage.of(
            subject,
            listing,
            bursts,
            row -> RecordedBurstView.of(listing.selection(), row),
            row -> position(row.burst()),
            Fields.of(query),
            RecordedBurstView.class)
        .answer(ifNoneMatch, address, own, clock);
  }

  /** The whole range taken together. */
  @GET
  @Needs(value = Action.READ_HISTORY, cost = Cost.CALL)
  @Path("summary")
  @Produces("application/json")
  public Response summary(
      @PathParam("host") String host,
      @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
      @Context UriInfo address,
      @Context SecurityContext security) {
    QueryParameters query =
        QueryParameters.of(
            address, "start", "end", "as_of", "method", "percentiles", "vantage_point");
    ApiCaller caller = ApiCaller.of(security);
    TimeParameters times = new TimeParameters(horizons.of(caller.caller()));
    Subject subject = subjects.of(caller, host, query);
    Selection selection = BurstListing.selection(query, subject, STANDARD_REACH, times);
    Optional<Instant> asOf = times.asOf(query);
    Percentiles percentiles = Percentiles.of(query);
    Optional<Aggregate> all = reads.read(caller.caller(), () -> history.summary(selection, asOf));
    return new CachedAnswer(SummaryView.of(subject, selection, asOf, all, percentiles))
        .answer(ifNoneMatch, Range.cacheControl(selection.end(), asOf.isPresent(), clock))
        .build();
  }

  private Response series(
      String text,
      QueryParameters query,
      ApiCaller caller,
      Subject subject,
      Format format,
      @Nullable String ifNoneMatch) {
    TimeParameters times = new TimeParameters(horizons.of(caller.caller()));
    Selection selection = BurstListing.selection(query, subject, STANDARD_REACH, times);
    Duration step = BucketLength.of(text, selection);
    Optional<Instant> asOf = times.asOf(query);
    Percentiles percentiles = Percentiles.of(query);
    Optional<Fields> fields = Fields.of(query);
    List<PointView> points =
        reads.read(caller.caller(), () -> history.series(selection, step, asOf)).stream()
            .map(aggregate -> PointView.of(aggregate, percentiles))
            .toList();
    List<?> items =
        fields.<List<?>>map(wanted -> wanted.of(points, PointView.class)).orElse(points);
    CachedAnswer page =
        switch (format) {
          case CSV ->
              CachedAnswer.text(SeriesText.csv(points, percentiles), Format.CSV.mediaType());
          case NDJSON -> CachedAnswer.text(SeriesText.lines(items), Format.NDJSON.mediaType());
          default ->
              new CachedAnswer(
                  new SeriesView(
                      subject.target().host(),
                      subject.target().id(),
                      selection.vantagePoint(),
                      subject.vantagePoint().simulated(),
                      selection.start(),
                      selection.end(),
                      step.toSeconds(),
                      asOf.orElse(null),
                      items));
        };
    return page.answer(ifNoneMatch, Range.cacheControl(selection.end(), asOf.isPresent(), clock))
        .build();
  }

  private static Position position(BurstSample burst) {
    return new Position(burst.observedAt(), burst.method().name(), AddressText.of(burst.address()));
  }
}
