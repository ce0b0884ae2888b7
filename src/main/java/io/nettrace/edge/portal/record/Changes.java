package io.nettrace.edge.portal.record;

import io.nettrace.desk.Horizons;
import io.nettrace.edge.portal.AddressParameters;
import io.nettrace.edge.portal.DisplayFormat;
import io.nettrace.edge.portal.FormInput;
import io.nettrace.edge.portal.Once;
import io.nettrace.edge.portal.Page;
import io.nettrace.edge.portal.PageAddress;
import io.nettrace.edge.portal.PageNotFoundException;
import io.nettrace.edge.portal.PagedList;
import io.nettrace.edge.portal.Visit;
import io.nettrace.plan.Entitlement;
import io.nettrace.route.EventRange;
import io.nettrace.scan.VantagePoint;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What happened on the ways to all targets: a window of time, the newest first, in pages. */
@Page
public class Changes {
  private static final int PER_PAGE = 50;
  private static final int MOST = 2_000;
  private static final Duration WINDOW = Duration.ofDays(1);

  @Inject Board board;
  @Inject ChangeRows happenings;
  @Inject Visit visit;
  @Inject AddressParameters parameters;
  @Inject FormInput input;
  @Inject Clock clock;
  @Inject Horizons horizons;

  private @Nullable String host;
  private @Nullable String type;
  private @Nullable String until;
  private @Nullable String from;
  private @Nullable List<ChangeRow> all;

  /** A kind to show. */
  public record Choice(String title, String address, boolean chosen) {}

  public boolean isIncluded() {
    return visit.has(Entitlement.CHANGES);
  }

  @Once
  public PagedList<ChangeRow> rows() {
    List<ChangeRow> all = all();
    PagedList<ChangeRow> page =
        PagedList.numbered(all, PER_PAGE, address(kind(), until), "page", input);
    return page.counted(
        "%s%s in these %s"
            .formatted(
                page.count(),
                all.size() < MOST ? "" : " and more",
                DisplayFormat.duration(WINDOW)));
  }

  @Once
  public List<Choice> types() {
    return Stream.of(
            new Choice("Everything", address("", until).toString(), kind().isEmpty()),
            choice("Routes", ChangeRow.ROUTE),
            choice("Deviations", ChangeRow.DEVIATION),
            choice("Addresses", ChangeRow.MOVE),
            choice("Vantage points", ChangeRow.FAULT))
        .toList();
  }

  /** Whether what happens from now on belongs to what is shown. */
  public boolean isOpen() {
    return nowAddress().isEmpty() && rows().first().isEmpty();
  }

  /** The window before this one; empty when the plan does not reach so far back. */
  public String earlierAddress() {
    return start().isAfter(horizons.of(visit.known()).earliest())
        ? address(kind(), start().toString()).toString()
        : "";
  }

  public String nowAddress() {
    return Span.time(until).isPresent() ? address(kind(), null).toString() : "";
  }

  public Instant start() {
    return end().minus(WINDOW);
  }

  public Instant end() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    return parameters
        .one("until", until, Span.time(until), "shown is what happened until now")
        .map(time -> Span.within("until", time, horizons.of(visit.known()), parameters))
        .orElse(now);
  }

  public String curlPath() {
    return PageAddress.to("changes")
        .with("start", start())
        .with("end", end())
        .with("types", kind())
        .with("host", host)
        .with("vantage_point", seenFrom().orElse(null))
        .toString();
  }

  /** The vantage point whose changes alone are shown, if one is. */
  public Optional<String> seenFrom() {
    return board.only(from, parameters).map(VantagePoint::name);
  }

  /** The same of all vantage points. */
  public String everywhereAddress() {
    return address(kind(), until).without("from").toString();
  }

  private List<ChangeRow> all() {
    if (all == null) {
      all = read();
    }
    return all;
  }

  private List<ChangeRow> read() {
    Instant begin = horizons.of(visit.known()).notBefore(start());
    return isIncluded() && begin.isBefore(end())
        ? happenings.in(
            visit,
            new EventRange(targetId(), seenFrom(), begin, end()),
            kind().isEmpty() ? ChangeRows.ALL : Set.of(kind()),
            MOST)
        : List.of();
  }

  private Optional<String> targetId() {
    return Optional.ofNullable(host)
        .map(
            name ->
                board
                    .find(visit, name, Optional.empty())
                    .orElseThrow(PageNotFoundException::new)
                    .id());
  }

  private String kind() {
    return parameters
        .one(
            "type",
            type,
            Optional.ofNullable(type).filter(ChangeRows.ALL::contains),
            "all are shown")
        .orElse("");
  }

  private Choice choice(String title, String word) {
    return new Choice(title, address(word, until).toString(), word.equals(kind()));
  }

  private PageAddress address(String kind, @Nullable String end) {
    return PageAddress.to("/changes")
        .with("type", kind)
        .with("host", host)
        .with("until", Span.time(end).orElse(null))
        .with("from", seenFrom().orElse(null));
  }

  public @Nullable String getHost() {
    return host;
  }

  public void setHost(@Nullable String host) {
    this.host = host;
  }

  public @Nullable String getType() {
    return type;
  }

  public void setType(@Nullable String type) {
    this.type = type;
  }

  public @Nullable String getFrom() {
    return from;
  }

  public void setFrom(@Nullable String from) {
    this.from = from;
  }

  public @Nullable String getUntil() {
    return until;
  }

  public void setUntil(@Nullable String until) {
    this.until = until;
  }
}
