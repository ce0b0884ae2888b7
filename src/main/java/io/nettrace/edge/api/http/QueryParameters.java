package io.nettrace.edge.api.http;

import io.nettrace.platform.time.TimeText;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The query of a request: what a resource documented, each at most once, nothing else. */
public final class QueryParameters {
  private static final int LONGEST_VALUE = 1024;
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,9}");

  /** What the cursor of a page holds, so that it cannot be asked for beside it. */
  static final List<String> IN_CURSOR =
      List.of(
          "start",
          "end",
          "as_of",
          "method",
          "order",
          "known_after",
          "types",
          "host",
          "vantage_point");

  private final Map<String, List<String>> values;

  private QueryParameters(Map<String, List<String>> values) {
    this.values = values;
  }

  public static QueryParameters of(UriInfo address, String... documented) {
    return of(address, List.of(documented));
  }

  public static QueryParameters of(UriInfo address, List<String> documented) {
    if (address.getRequestUri().getRawQuery() == null) {
      return new QueryParameters(Map.of());
    }
    MultivaluedMap<String, String> given = address.getQueryParameters();
    Set<String> names = Set.copyOf(documented);
    given.forEach((name, values) -> check(name, values, names));
    return new QueryParameters(given);
  }

  private static void check(String name, List<String> values, Set<String> documented) {
    if (!documented.contains(name)) {
      throw BadRequests.parameter(
          name,
          documented.isEmpty()
              ? "is not known; this address takes no parameters"
              : "is not known; known are "
                  + String.join(", ", documented.stream().sorted().toList()));
    }
    if (values.size() > 1) {
      throw BadRequests.parameter(name, "is given more than once");
    }
    if (values.getFirst().isEmpty()) {
      throw BadRequests.parameter(name, "is empty; give it a value or leave it out");
    }
    if (values.getFirst().length() > LONGEST_VALUE) {
      throw BadRequests.parameter(name, "has more than " + LONGEST_VALUE + " characters");
    }
  }

  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).map(List::getFirst);
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  public int integer(String name, int standard, int least, int most) {
    return (int) number(name, standard, least, most);
  }

  public long number(String name, long standard, long least, long most) {
    Optional<String> text = text(name);
    try {
      long value = text.map(QueryParameters::whole).orElse(standard);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // refused below, like a number out of range
    }
    throw BadRequests.parameter(name, "must be a whole number, " + least + " to " + most);
  }

  /** In digits of ASCII: {@link Long#parseLong} knows those of every script. */
  private static long whole(String text) {
    if (!WHOLE.matcher(text).matches()) {
      throw new NumberFormatException(text);
    }
    return Long.parseLong(text);
  }

  public <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
    return choice(name, List.of(type.getEnumConstants()));
  }

  /** One of those that are offered here. */
  public <E extends Enum<E>> Optional<E> choice(String name, List<E> offered) {
    return text(name)
        .map(
            word ->
                offered.stream()
                    .filter(each -> ConstantNames.of(each).equals(word))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            BadRequests.parameter(
                                name,
                                "must be one of "
                                    + String.join(
                                        ", ", offered.stream().map(ConstantNames::of).toList()))));
  }

  /** The moment whose knowledge is asked for; it must have come. */
  public Optional<Instant> asOf(Instant now) {
    Optional<Instant> asOf = time("as_of");
    if (asOf.isPresent() && asOf.get().isAfter(now)) {
      throw BadRequests.parameter("as_of", "must not lie in the future");
    }
    return asOf;
  }

  /** What the cursor of an earlier page of this listing holds. */
  public Optional<List<String>> cursor(String listing, OwnCursors cursors) {
    return cursor()
        .map(
            written ->
                switch (cursors.read(listing, written)) {
                  case Cursors.Reading.Good(List<String> parts) -> parts;
                  case Cursors.Reading.Expired _ -> throw BadRequests.expiredCursor();
                  case Cursors.Reading.Foreign _ -> throw BadRequests.foreignCursor();
                });
  }

  /** What the cursor of a feed holds; empty when there is none, or one of the listing. */
  public Optional<List<String>> feedCursor(String feed, OwnCursors cursors) {
    return cursor()
        .flatMap(
            written ->
                switch (cursors.readFeed(feed, written)) {
                  case Cursors.Reading.Good(List<String> parts) -> Optional.of(parts);
                  case Cursors.Reading.Expired _ -> throw BadRequests.expiredFeedCursor();
                  case Cursors.Reading.Foreign _ -> Optional.empty();
                });
  }

  private Optional<String> cursor() {
    Optional<String> text = text("cursor");
    for (String name : IN_CURSOR) {
      if (text.isPresent() && values.containsKey(name)) {
        throw BadRequests.parameter(
            "cursor", "already holds what the first page asked for; leave out " + name);
      }
    }
    return text;
  }

  /** A time: RFC 3339, or whole seconds since 1970. */
  public Optional<Instant> time(String name) {
    return text(name).map(value -> time(name, value));
  }

  private static Instant time(String name, String value) {
    return switch (TimeText.parse(value)) {
      case TimeText.Good(Instant time) -> time;
      case TimeText.Bad(String reason) -> throw BadRequests.parameter(name, reason);
    };
  }
}
