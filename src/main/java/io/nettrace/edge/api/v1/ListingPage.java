package io.nettrace.edge.api.v1;

import io.nettrace.sample.Position;
import io.nettrace.sample.Selection;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing.
 *
 * @param next where the next page begins; empty on the last one
 */
record ListingPage(
    Subject subject, Selection selection, int limit, List<?> items, Optional<Position> next) {
  /** What is older than this hardly changes any more. */
  private static final Duration SETTLED = Duration.ofMinutes(10);

  private record Body(
      String host,
      String targetId,
      String vantagePoint,
      boolean simulated,
      Instant start,
      Instant end,
      List<?> items,
      @Nullable String nextCursor) {}

  /** {@code rows} holds one more than the limit when there is a next page. */
  static <T> ListingPage of(
      Subject subject,
      Listing listing,
      List<T> rows,
      Function<T, Object> view,
      Function<T, Position> position) {
    boolean more = rows.size() > listing.limit();
    List<T> shown = more ? rows.subList(0, listing.limit()) : rows;
    return new ListingPage(
        subject,
        listing.selection(),
        listing.limit(),
        shown.stream().map(view).toList(),
        more ? Optional.of(position.apply(shown.getLast())) : Optional.empty());
  }

  Response answer(
      @Nullable String ifNoneMatch, UriInfo address, Cursors cursors, String name, Instant now) {
    Optional<String> cursor =
        next.map(position -> cursors.write(new Cursors.Cursor(name, selection, position)));
    Page page =
        new Page(
            new Body(
                subject.target().host(),
                subject.target().id(),
                selection.vantagePoint(),
                subject.vantagePoint().simulated(),
                selection.start(),
                selection.end(),
                items,
                cursor.orElse(null)));
    boolean settled = selection.end().isBefore(now.minus(SETTLED));
    Response.ResponseBuilder response =
        page.answer(ifNoneMatch, settled ? Page.PAST : Page.ALWAYS_ASK);
    cursor.ifPresent(text -> response.header("Link", link(address, text)));
    return response.build();
  }

  private String link(UriInfo address, String cursor) {
    return "<%s?cursor=%s&limit=%d&vantage_point=%s>; rel=\"next\""
        .formatted(address.getAbsolutePath().getRawPath(), cursor, limit, selection.vantagePoint());
  }
}
