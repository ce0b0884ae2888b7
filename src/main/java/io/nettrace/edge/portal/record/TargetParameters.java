package io.nettrace.edge.portal.record;

import io.nettrace.desk.Horizons;
import io.nettrace.edge.portal.AddressParameters;
import io.nettrace.edge.portal.Page;
import io.nettrace.edge.portal.PageAddress;
import io.nettrace.edge.portal.Visit;
import io.nettrace.scan.VantagePoint;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the address of a target's page asks for. Every link and form of the page is made from {@link
 * #query}, so that none loses what was chosen before.
 */
@Page
public class TargetParameters {
  private static final String DENSITY = "density";
  private static final String BAND = "band";

  @Inject Board board;
  @Inject Visit visit;
  @Inject AddressParameters parameters;
  @Inject Horizons horizons;

  private @Nullable String range;
  private @Nullable String start;
  private @Nullable String end;
  private @Nullable String view;
  private @Nullable String from;
  private @Nullable String at;
  private @Nullable String a;
  private @Nullable String b;
  private @Nullable Span span;

  /** All of it as it was understood, for an address of the page. */
  PageAddress query(String path) {
    return span()
        .in(PageAddress.to(path))
        .with("view", isDensity() ? DENSITY : null)
        .with("from", chosenFrom())
        .with("at", at().orElse(null))
        .with("a", a().orElse(null))
        .with("b", b().orElse(null));
  }

  /** Says what of it cannot be used. */
  void check() {
    var _ = query("");
    if (!BAND.equals(view)) {
      var _ =
          parameters.one(
              "view",
              view,
              Optional.ofNullable(view).filter(DENSITY::equals),
              "the band is shown; the other view is %s".formatted(DENSITY));
    }
    var _ = from();
  }

  Span span() {
    if (span == null) {
      span = Span.of(range, start, end, horizons.of(visit.known()), parameters);
    }
    return span;
  }

  boolean isDensity() {
    return DENSITY.equals(view);
  }

  /** The vantage point that is looked from. */
  Optional<VantagePoint> from() {
    return board.from(visit, from, parameters);
  }

  /** The vantage point's name, if one was chosen. */
  @Nullable String chosenFrom() {
    return board.chosen(from);
  }

  /** The moment whose path is shown. */
  Optional<Instant> at() {
    return reached("at", at, "the path of now is shown");
  }

  /** The first of the two moments whose paths are compared. */
  Optional<Instant> a() {
    return reached("a", a, "no paths are compared");
  }

  Optional<Instant> b() {
    return reached("b", b, "no paths are compared");
  }

  /** A moment as far back as the plan shows and not beyond now. */
  private Optional<Instant> reached(String name, @Nullable String text, String instead) {
    return parameters
        .one(name, text, Span.time(text), instead)
        .map(time -> Span.within(name, time, horizons.of(visit.known()), parameters));
  }

  public @Nullable String getRange() {
    return range;
  }

  public void setRange(@Nullable String range) {
    this.range = range;
  }

  public @Nullable String getStart() {
    return start;
  }

  public void setStart(@Nullable String start) {
    this.start = start;
  }

  public @Nullable String getEnd() {
    return end;
  }

  public void setEnd(@Nullable String end) {
    this.end = end;
  }

  public @Nullable String getView() {
    return view;
  }

  public void setView(@Nullable String view) {
    this.view = view;
  }

  public @Nullable String getFrom() {
    return from;
  }

  public void setFrom(@Nullable String from) {
    this.from = from;
  }

  public @Nullable String getAt() {
    return at;
  }

  public void setAt(@Nullable String at) {
    this.at = at;
  }

  public @Nullable String getA() {
    return a;
  }

  public void setA(@Nullable String a) {
    this.a = a;
  }

  public @Nullable String getB() {
    return b;
  }

  public void setB(@Nullable String b) {
    this.b = b;
  }
}
