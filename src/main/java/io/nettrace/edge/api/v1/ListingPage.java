package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.CachedAnswer;
import io.nettrace.edge.api.http.NextLink;
import io.nettrace.edge.api.http.OwnCursors;
import io.nettrace.sample.Position;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing of one target.
 *
 * @param next where the next page begins; empty on the last one
 */
record ListingPage(Subject subject, BurstListing listing, List<?> items, Optional<Position> next) {

  private record Body(
      String host,
      String targetId,
      String vantagePoint,
      boolean simulated,
      Instant start,
      Instant end,
      @Nullable Instant asOf,
      List<?> items,
      @Nullable String nextCursor) {}

  /** {@code rows} holds one more than the limit when there is a next page. */
  static <T, V extends Record> ListingPage of(
      Subject subject,
      BurstListing listing,
      List<T> rows,
      Function<T, V> view,
      Function<T, Position> position,
      Optional<Fields> fields,
      Class<V> type) {
    boolean more = rows.size() > listing.limit();
    List<T> shown = more ? rows.subList(0, listing.limit()) : rows;
    List<V> views = shown.stream().map(view).toList();
    return new ListingPage(
        subject,
        listing,
        fields.<List<?>>map(wanted -> wanted.of(views, type)).orElse(views),
        more ? Optional.of(position.apply(shown.getLast())) : Optional.empty());
  }

  Response answer(@Nullable String ifNoneMatch, UriInfo address, OwnCursors cursors, Clock clock) {
    Optional<String> cursor = next.map(position -> listing.after(position, cursors));
    Instant end = listing.selection().end();
    CachedAnswer page =
        new CachedAnswer(
            new Body(
                subject.target().host(),
                subject.target().id(),
                listing.selection().vantagePoint(),
                subject.vantagePoint().simulated(),
                listing.selection().start(),
                end,
                listing.asOf().orElse(null),
                items,
                cursor.orElse(null)));
    Response.ResponseBuilder response =
        page.answer(ifNoneMatch, Range.cacheControl(end, listing.asOf().isPresent(), clock));
    cursor.ifPresent(text -> response.header("Link", NextLink.of(address, text)));
    return response.build();
  }
}
