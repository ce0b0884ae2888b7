package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.CachedAnswer;
import io.nettrace.edge.api.http.NextLink;
import io.nettrace.edge.api.http.OwnCursors;
import io.nettrace.sample.KnownPage;
import io.nettrace.sample.KnownPosition;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a poller is told of one target: what became known since, and a cursor to go on with, whether
 * there is more or not.
 *
 * @param end where the poller stands behind this page; empty when there was nothing
 */
record KnownListingPage(
    Subject subject,
    KnownListing listing,
    List<?> items,
    boolean more,
    Instant until,
    Optional<KnownPosition> end) {

  private record Body(
      String host,
      String targetId,
      String vantagePoint,
      boolean simulated,
      Instant knownAfter,
      Instant knownUntil,
      List<?> items,
      boolean more,
      String nextCursor) {}

  /** What of a page a client has seen when it has the same. */
  private record Told(List<?> items, boolean more, String nextCursor) {}

  static <T, V extends Record> KnownListingPage of(
      Subject subject,
      KnownListing listing,
      KnownPage<T> page,
      Function<T, V> view,
      Function<T, KnownPosition> position,
      Optional<Fields> fields,
      Class<V> type) {
    List<V> views = page.items().stream().map(view).toList();
    return new KnownListingPage(
        subject,
        listing,
        fields.<List<?>>map(wanted -> wanted.of(views, type)).orElse(views),
        page.more(),
        page.until(),
        page.end(position));
  }

  Response answer(@Nullable String ifNoneMatch, UriInfo address, OwnCursors cursors) {
    String cursor = listing.cursor(end, cursors);
    Body body =
        new Body(
            subject.target().host(),
            subject.target().id(),
            listing.selection().vantagePoint(),
            subject.vantagePoint().simulated(),
            listing.knownAfter(),
            until,
            items,
            more,
            cursor);
    return answer(body, items, more, cursor, ifNoneMatch, address);
  }

  /** Without news it is a 304 to who has the page before, though {@code body} tells a new time. */
  static Response answer(
      Object body,
      List<?> items,
      boolean more,
      String cursor,
      @Nullable String ifNoneMatch,
      UriInfo address) {
    Response.ResponseBuilder response =
        CachedAnswer.validatedBy(body, new Told(items, more, cursor))
            .answer(ifNoneMatch, CachedAnswer.ALWAYS_ASK);
    if (more) {
      response.header("Link", NextLink.of(address, cursor));
    }
    return response.build();
  }
}
