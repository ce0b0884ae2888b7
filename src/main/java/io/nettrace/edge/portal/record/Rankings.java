package io.nettrace.edge.portal.record;

import io.nettrace.catalog.Category;
import io.nettrace.desk.Horizons;
import io.nettrace.edge.portal.AddressParameters;
import io.nettrace.edge.portal.DisplayFormat;
import io.nettrace.edge.portal.Once;
import io.nettrace.edge.portal.Page;
import io.nettrace.edge.portal.PageAddress;
import io.nettrace.edge.portal.Visit;
import io.nettrace.sample.Aggregate;
import io.nettrace.sample.History;
import io.nettrace.sample.Standing;
import io.nettrace.scan.VantagePoint;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Targets in order of delay or loss, the best first. */
@Page
public class Rankings {
  private static final String HOUR = "1h";
  private static final List<String> RANGES = List.of(HOUR, "24h", "7d", "30d");

  @Inject Board board;
  @Inject History history;
  @Inject Horizons horizons;
  @Inject Visit visit;
  @Inject AddressParameters parameters;
  @Inject Clock clock;

  private @Nullable String category;
  private @Nullable String metric;
  private @Nullable String range;
  private @Nullable String from;

  /**
   * A target's place.
   *
   * @param rank equal values share one
   * @param share of the largest value shown, in percent, for the bar
   * @param aged when its newest burst began, if that is not of now
   */
  public record Entry(
      int rank,
      String name,
      String host,
      String address,
      String group,
      String value,
      String scale,
      int share,
      @Nullable Instant aged) {}

  private record Valued(ShownTargetState target, double value) {}

  @Once
  public List<Entry> entries() {
    List<Valued> valued =
        board.all(visit, seenFrom()).stream()
            .filter(target -> category == null || target.category().equals(category))
            .flatMap(this::valued)
            .sorted(
                Comparator.comparingDouble(Valued::value).thenComparing(one -> one.target().name()))
            .toList();
    return ranked(valued);
  }

  @Once
  public List<Choice> categories() {
    Stream<Choice> all =
        Stream.of(new Choice("All", address(null, by(), span()), category == null, ""));
    Stream<Choice> each =
        Arrays.stream(Category.values())
            .map(
                one ->
                    new Choice(
                        one.title(),
                        address(one.word(), by(), span()),
                        one.word().equals(category),
                        ""));
    Stream<Choice> own =
        visit.hasOwnTargets()
            ? Stream.of(
                new Choice(
                    ShownTargetState.CUSTOM_GROUP,
                    address(ShownTargetState.CUSTOM, by(), span()),
                    ShownTargetState.CUSTOM.equals(category),
                    ""))
            : Stream.empty();
    return Stream.of(all, each, own).flatMap(stream -> stream).toList();
  }

  @Once
  public List<Choice> metrics() {
    return Arrays.stream(Ranked.values())
        .map(one -> new Choice(one.title(), address(category, one, span()), one == by(), ""))
        .toList();
  }

  @Once
  public List<Choice> ranges() {
    return Span.USUAL.stream()
        .filter(usual -> RANGES.contains(usual.word()))
        .map(
            usual ->
                new Choice(
                    "Last " + usual.title(),
                    address(category, by(), usual.word()),
                    usual.word().equals(span()),
                    usual.beyond(horizons.of(visit.known()))))
        .toList();
  }

  public String unit() {
    return by().unit();
  }

  public String title() {
    return by().title();
  }

  public Optional<VantagePoint> seenFrom() {
    return board.from(visit, from, parameters);
  }

  public String curlPath() {
    return PageAddress.to("rankings")
        .with("metric", by().word())
        .with("category", category)
        .with("vantage_point", board.chosen(from))
        .toString();
  }

  private Stream<Valued> valued(ShownTargetState target) {
    OptionalDouble value =
        span().equals(HOUR)
            ? target
                .standing()
                .flatMap(Standing::lastHour)
                .map(by()::value)
                .orElse(OptionalDouble.empty())
            : overRange(target).map(by()::value).orElse(OptionalDouble.empty());
    return value.isPresent() ? Stream.of(new Valued(target, value.getAsDouble())) : Stream.empty();
  }

  private Optional<Aggregate> overRange(ShownTargetState target) {
    Span whole = Span.of(span(), null, null, horizons.of(visit.known()), parameters);
    return seenFrom()
        .map(point -> target.during(point, whole))
        .flatMap(selection -> history.summary(selection, Optional.empty()));
  }

  private List<Entry> ranked(List<Valued> valued) {
    double most = valued.isEmpty() ? 0 : valued.getLast().value();
    List<Entry> ranked = new ArrayList<>();
    for (int i = 0; i < valued.size(); i++) {
      Valued one = valued.get(i);
      boolean tied = i > 0 && valued.get(i - 1).value() == one.value();
      ranked.add(
          new Entry(
              tied ? ranked.getLast().rank() : i + 1,
              one.target().name(),
              one.target().host(),
              PageAddress.to(one.target().address()).with("from", board.chosen(from)).toString(),
              one.target().group(),
              by().text(one.value()),
              by() == Ranked.LOSS ? "" : DisplayFormat.scale(Math.round(one.value())),
              most == 0 ? 0 : (int) Math.round(one.value() / most * 100),
              one.target().aged().orElse(null)));
    }
    return ranked;
  }

  private Ranked by() {
    return parameters
        .one(
            "metric",
            metric,
            Optional.ofNullable(metric).flatMap(Ranked::of),
            "the median is ranked; choose from what stands below")
        .orElse(Ranked.P50);
  }

  /** A range that the plan reaches. */
  private String span() {
    Optional<String> known =
        Span.USUAL.stream()
            .filter(usual -> RANGES.contains(usual.word()) && usual.word().equals(range))
            .filter(usual -> horizons.of(visit.known()).reaches(usual.length()))
            .map(Span.Usual::word)
            .findFirst();
    return parameters
        .one("range", range, known, "the last hour is ranked; choose from what stands below")
        .orElse(HOUR);
  }

  private String address(@Nullable String category, Ranked metric, String range) {
    return PageAddress.to("/rankings")
        .with("metric", metric.word())
        .with("range", range)
        .with("category", category)
        .with("from", board.chosen(from))
        .toString();
  }

  public @Nullable String getFrom() {
    return from;
  }

  public void setFrom(@Nullable String from) {
    this.from = from;
  }

  public @Nullable String getCategory() {
    return category;
  }

  /** What is no category ranks everything. */
  public void setCategory(@Nullable String category) {
    this.category =
        parameters
            .one("category", category, ShownTargetState.category(category), "all are ranked")
            .orElse(null);
  }

  public @Nullable String getMetric() {
    return metric;
  }

  public void setMetric(@Nullable String metric) {
    this.metric = metric;
  }

  public @Nullable String getRange() {
    return range;
  }

  public void setRange(@Nullable String range) {
    this.range = range;
  }
}
