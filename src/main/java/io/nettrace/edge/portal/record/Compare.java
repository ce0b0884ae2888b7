package io.nettrace.edge.portal.record;

import io.nettrace.desk.Horizons;
import io.nettrace.edge.portal.AddressParameters;
import io.nettrace.edge.portal.DisplayFormat;
import io.nettrace.edge.portal.Once;
import io.nettrace.edge.portal.Page;
import io.nettrace.edge.portal.PageAddress;
import io.nettrace.edge.portal.ScriptJson;
import io.nettrace.edge.portal.Visit;
import io.nettrace.sample.Aggregate;
import io.nettrace.sample.History;
import io.nettrace.scan.VantagePoint;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Two to eight targets over the same range, as curves and as a table. The address holds it all. */
@Page
public class Compare {
  static final int MOST = 8;

  @Inject Board board;
  @Inject History history;
  @Inject Horizons horizons;
  @Inject Visit visit;
  @Inject AddressParameters parameters;
  @Inject Clock clock;

  private @Nullable String hosts;
  private @Nullable String add;
  private @Nullable String range;
  private @Nullable String start;
  private @Nullable String end;
  private @Nullable String from;
  private @Nullable List<ShownTargetState> chosen;
  private @Nullable Span span;

  /** A target's line of the table. */
  public record Entry(
      int number,
      String name,
      String host,
      String address,
      String without,
      String min,
      String p50,
      String p90,
      String p99,
      String loss,
      String samples) {}

  /** A target that could be compared, too. */
  public record Other(String host, String name) {}

  @Once
  public List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    for (ShownTargetState target : chosen()) {
      entries.add(entry(entries.size(), target));
    }
    return entries;
  }

  /** Every target that can still be added. */
  @Once
  public List<Other> others() {
    return board.all(visit, seenFrom()).stream()
        .filter(one -> chosen().stream().map(ShownTargetState::id).noneMatch(one.id()::equals))
        .map(one -> new Other(one.host(), one.name()))
        .toList();
  }

  public boolean isFull() {
    return chosen().size() >= MOST;
  }

  public boolean isEnough() {
    return chosen().size() >= 2;
  }

  /** Names in the address that are no target of this visitor's. */
  public String unknown() {
    return names().stream()
        .distinct()
        .filter(name -> board.find(visit, name, seenFrom()).isEmpty())
        .collect(Collectors.joining(", "));
  }

  @Once
  public List<Choice> ranges() {
    return Span.USUAL.stream()
        .map(
            usual ->
                new Choice(
                    usual.title(),
                    query(hostList())
                        .without("start", "end")
                        .with("range", usual.word())
                        .toString(),
                    usual.word().equals(span().word()),
                    usual.beyond(horizons.of(visit.known()))))
        .toList();
  }

  public String hostList() {
    return chosen().stream().map(Compare::key).collect(Collectors.joining(","));
  }

  /** What the form that adds a target carries on. */
  @Once
  public List<PageAddress.Parameter> carries() {
    return query(hostList()).parameters();
  }

  public String permalink() {
    return query(hostList()).toString();
  }

  public String spanText() {
    return DisplayFormat.duration(Duration.between(span().start(), span().end()));
  }

  /** Whether it is a range of its own, such as one that was zoomed into. */
  public boolean isZoomed() {
    return span().word().isEmpty();
  }

  public Instant spanStart() {
    return span().start();
  }

  public Instant spanEnd() {
    return span().end();
  }

  public Optional<VantagePoint> seenFrom() {
    return board.from(visit, from, parameters);
  }

  public String curlPath() {
    return PageAddress.to("compare")
        .with("hosts", hostList())
        .with("start", span().start())
        .with("end", span().end())
        .with("step", span().step().toSeconds() + "s")
        .with("vantage_point", board.chosen(from))
        .toString();
  }

  /** When nothing was measured from there. */
  @Once
  public List<Unmeasured> unmeasured() {
    return board.unmeasured(seenFrom(), span());
  }

  /** The medians over time, as the script draws them. */
  public String curves() {
    List<Long> times = span().times();
    List<List<@Nullable Double>> lines = new ArrayList<>();
    for (ShownTargetState target : chosen()) {
      Map<Instant, Aggregate> byStart = new HashMap<>();
      series(target).forEach(each -> byStart.put(each.start(), each));
      List<@Nullable Double> line = new ArrayList<>();
      times.forEach(time -> line.add(median(byStart.get(Instant.ofEpochSecond(time)))));
      lines.add(line);
    }
    Map<String, Object> curves = new LinkedHashMap<>();
    curves.put("start", Curve.seconds(span().start()));
    curves.put("end", Curve.seconds(span().end()));
    curves.put("times", times);
    curves.put("names", chosen().stream().map(ShownTargetState::name).toList());
    curves.put("lines", lines);
    curves.put("unmeasured", Unmeasured.seconds(unmeasured()));
    return ScriptJson.of(curves);
  }

  private Entry entry(int number, ShownTargetState target) {
    Optional<Aggregate> all =
        seenFrom()
            .flatMap(point -> history.summary(target.during(point, span()), Optional.empty()));
    String without =
        chosen().stream()
            .filter(other -> !other.id().equals(target.id()))
            .map(Compare::key)
            .collect(Collectors.joining(","));
    return new Entry(
        number,
        target.name(),
        target.host(),
        PageAddress.to(target.address()).with("from", board.chosen(from)).toString(),
        query(without).toString(),
        DisplayFormat.millis(all.map(Aggregate::minNanos).orElse(OptionalLong.empty())),
        DisplayFormat.millis(all.map(one -> one.percentileNanos(50)).orElse(OptionalLong.empty())),
        DisplayFormat.millis(all.map(one -> one.percentileNanos(90)).orElse(OptionalLong.empty())),
        DisplayFormat.millis(all.map(one -> one.percentileNanos(99)).orElse(OptionalLong.empty())),
        all.filter(one -> one.lossRatio().isPresent())
            .map(one -> DisplayFormat.percent(one.lossRatio().getAsDouble()))
            .orElse(DisplayFormat.NOTHING),
        all.map(one -> "%,d".formatted(one.sent())).orElse(DisplayFormat.NOTHING));
  }

  private List<Aggregate> series(ShownTargetState target) {
    return seenFrom()
        .map(point -> history.series(target.during(point, span()), span().step(), Optional.empty()))
        .orElse(List.of());
  }

  private List<ShownTargetState> chosen() {
    if (chosen == null) {
      Map<String, ShownTargetState> byId = new LinkedHashMap<>();
      for (String name : names()) {
        board
            .find(visit, name, seenFrom())
            .filter(target -> byId.putIfAbsent(target.id(), target) != null)
            .ifPresent(target -> parameters.tell(twice(target)));
      }
      List<ShownTargetState> all = List.copyOf(byId.values());
      chosen = all.stream().limit(MOST).toList();
      if (all.size() > MOST) {
        parameters.instead(
            "hosts", all.get(MOST).host(), "is one too many", "the first eight are compared");
      }
    }
    return chosen;
  }

  private static String twice(ShownTargetState target) {
    return "%s is compared already, and nothing is compared with itself: add another target."
        .formatted(target.name());
  }

  /** As often as they are named. */
  private List<String> names() {
    List<String> names = new ArrayList<>();
    for (String list : Arrays.asList(hosts, add)) {
      if (list != null) {
        Arrays.stream(list.split(",", -1))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .limit(2 * MOST)
            .forEach(names::add);
      }
    }
    return names;
  }

  private Span span() {
    if (span == null) {
      span = Span.of(range, start, end, horizons.of(visit.known()), parameters);
    }
    return span;
  }

  private static String key(ShownTargetState target) {
    return target.address().substring("/target/".length());
  }

  /** This page with these targets, and all else as it is. */
  private PageAddress query(String hosts) {
    return span()
        .in(PageAddress.to("/compare").with("hosts", hosts))
        .with("from", board.chosen(from));
  }

  private static @Nullable Double median(@Nullable Aggregate bucket) {
    return bucket == null ? null : Curve.millis(bucket.percentileNanos(50));
  }

  public @Nullable String getHosts() {
    return hosts;
  }

  public void setHosts(@Nullable String hosts) {
    this.hosts = hosts;
  }

  public @Nullable String getAdd() {
    return add;
  }

  public void setAdd(@Nullable String add) {
    this.add = add;
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

  public @Nullable String getFrom() {
    return from;
  }

  public void setFrom(@Nullable String from) {
    this.from = from;
  }

  public @Nullable String getRange() {
    return range;
  }

  public void setRange(@Nullable String range) {
    this.range = range;
  }
}
