package io.nettrace.edge.portal.record;

import io.nettrace.catalog.Category;
import io.nettrace.catalog.WatchList;
import io.nettrace.catalog.WatchLists;
import io.nettrace.edge.portal.AddressParameters;
import io.nettrace.edge.portal.FormInput;
import io.nettrace.edge.portal.Once;
import io.nettrace.edge.portal.OpenFault;
import io.nettrace.edge.portal.Page;
import io.nettrace.edge.portal.PageAddress;
import io.nettrace.edge.portal.PageNotFoundException;
import io.nettrace.edge.portal.Visit;
import io.nettrace.geo.Places;
import io.nettrace.plan.Entitlement;
import io.nettrace.sample.Standing;
import io.nettrace.scan.VantagePoint;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All targets at a glance, and what changed in the last hour. */
@Page
public class Overview {
  private static final Duration LATELY = Duration.ofHours(1);
  private static final int MOST_HAPPENINGS = 200;
  private static final int SHOWN_HAPPENINGS = 8;

  /** Heading of those that stand first, whatever they are. */
  private static final String TROUBLED = "With trouble";

  private static final String DEVIATING = "Unlike usual";

  @Inject Board board;
  @Inject ChangeRows happenings;
  @Inject WatchLists lists;
  @Inject Places places;
  @Inject Visit visit;
  @Inject AddressParameters parameters;
  @Inject Clock clock;

  private @Nullable String search;
  private @Nullable String category;
  private @Nullable String list;
  private @Nullable String tag;
  private @Nullable String sort;
  private @Nullable String from;
  private @Nullable List<ShownTargetState> all;
  private @Nullable List<WatchList> watchLists;
  private @Nullable List<ChangeRow> lately;

  /** Targets under one heading; the heading is empty where they are sorted as one list. */
  public record Group(String title, List<Entry> entries) {}

  /**
   * A target's line.
   *
   * @param words in which a search looks, on the server and while one types
   */
  public record Entry(
      String name, String host, String address, String words, Row row, @Nullable Instant aged) {
    static Entry of(ShownTargetState target, @Nullable String from) {
      return new Entry(
          target.name(),
          target.host(),
          PageAddress.to(target.address()).with("from", from).toString(),
          target.words(),
          Row.of(target),
          target.aged().orElse(null));
    }
  }

  /** A way to see the list otherwise. */
  public record Choice(String title, String address, boolean chosen, long count) {}

  /** A column that can be sorted by. */
  public record Column(String title, String address, @Nullable String sorted, boolean figure) {}

  @Once
  public List<Group> groups() {
    Optional<Order> order = order();
    List<ShownTargetState> shown = chosen();
    String point = board.chosen(from);
    if (order.isPresent()) {
      List<Entry> entries =
          shown.stream()
              .sorted(order.get().comparator(isDescending()))
              .map(target -> Entry.of(target, point))
              .toList();
      return entries.isEmpty() ? List.of() : List.of(new Group("", entries));
    }
    Map<String, List<Entry>> byGroup = new LinkedHashMap<>();
    shown.stream()
        .filter(target -> !first(target).isEmpty())
        .sorted(Order.STATE.comparator(false))
        .forEach(target -> put(byGroup, first(target), Entry.of(target, point)));
    shown.stream()
        .filter(target -> first(target).isEmpty())
        .forEach(target -> put(byGroup, target.group(), Entry.of(target, point)));
    return byGroup.entrySet().stream()
        .map(group -> new Group(group.getKey(), group.getValue()))
        .toList();
  }

  /** The heading under which a target stands first; empty when it has no need to. */
  private static String first(ShownTargetState target) {
    if (Health.TROUBLED.contains(target.health().mood())) {
      return TROUBLED;
    }
    return target.standing().flatMap(Health::deviating).isPresent() ? DEVIATING : "";
  }

  private static void put(Map<String, List<Entry>> groups, String title, Entry entry) {
    groups.computeIfAbsent(title, _ -> new ArrayList<>()).add(entry);
  }

  @Once
  public List<Choice> categories() {
    Stream<String> words =
        Stream.concat(
            Arrays.stream(Category.values()).map(Category::word),
            all().stream().anyMatch(one -> one.category().equals(ShownTargetState.CUSTOM))
                ? Stream.of(ShownTargetState.CUSTOM)
                : Stream.empty());
    return Stream.concat(
            Stream.of(new Choice("All", address(null, sort), category == null, all().size())),
            words.map(this::choice))
        .toList();
  }

  @Once
  public List<Column> columns() {
    return Arrays.stream(Order.values()).map(this::column).toList();
  }

  public List<WatchList> watchLists() {
    if (watchLists == null) {
      watchLists = visit.has(Entitlement.WATCH_LISTS) ? lists.all(visit.ofTenant()) : List.of();
    }
    return watchLists;
  }

  /** What changed lately, the newest first; nothing when the plan has no changes. */
  public List<ChangeRow> lately() {
    if (lately == null) {
      Instant now = clock.instant();
      lately =
          visit.has(Entitlement.CHANGES)
              ? happenings.since(visit, now.minus(LATELY), now, MOST_HAPPENINGS)
              : List.of();
    }
    return lately;
  }

  @Once
  public List<ChangeRow> newest() {
    return lately().stream().limit(SHOWN_HAPPENINGS).toList();
  }

  /** Sums over all that the visitor sees, whatever is chosen of it. */
  @Once
  public Totals totals() {
    return Totals.of(all().stream().map(Row::of).toList());
  }

  public int total() {
    return all().size();
  }

  @Once
  public List<VantagePoint> vantagePoints() {
    return board.vantagePoints();
  }

  public Optional<VantagePoint> seenFrom() {
    return board.from(visit, from, parameters);
  }

  /** Those of the vantage point that is looked from which last. */
  @Once
  public List<OpenFault> ownFaults() {
    return board.ownFaults(seenFrom());
  }

  /** Where is looked from and the targets of the list, for the map. */
  public String map() {
    Optional<VantagePoint> point = seenFrom();
    return WorldMap.ofTargets(
        point.map(VantagePoint::name).orElse(""),
        point.flatMap(one -> places.vantagePlace(one.simulated())),
        chosen());
  }

  /** Whether anything was measured at all. */
  public boolean isMeasured() {
    return all().stream()
        .anyMatch(target -> target.standing().flatMap(Standing::burst).isPresent());
  }

  /** What the API is asked for the same table. */
  public String curlPath() {
    return PageAddress.to("targets")
        .with("category", category)
        .with("tag", tag)
        .with("watch_list", list)
        .toString();
  }

  private List<ShownTargetState> all() {
    if (all == null) {
      all = board.all(visit, seenFrom());
    }
    return all;
  }

  private List<ShownTargetState> chosen() {
    Optional<Set<String>> ofList = Optional.ofNullable(list).map(this::targetsOf);
    String[] words =
        search == null ? new String[0] : search.strip().toLowerCase(Locale.ROOT).split("\\s+", -1);
    return all().stream()
        .filter(target -> category == null || target.category().equals(category))
        .filter(target -> tag == null || target.tags().contains(tag))
        .filter(target -> ofList.isEmpty() || ofList.get().contains(target.id()))
        .filter(target -> Arrays.stream(words).allMatch(target.words()::contains))
        .toList();
  }

  private Set<String> targetsOf(String id) {
    return FormInput.uuid(id)
        .flatMap(known -> watchLists().stream().filter(one -> one.id().equals(known)).findFirst())
        .map(one -> Set.copyOf(one.targetIds()))
        .orElseThrow(PageNotFoundException::new);
  }

  /** Everything, in the same order and seen from the same point. */
  public String everyAddress() {
    return PageAddress.to("/overview").with("sort", sort).with("from", from).toString();
  }

  private Choice choice(String word) {
    String title = Category.of(word).map(Category::title).orElse(ShownTargetState.CUSTOM_GROUP);
    long count = all().stream().filter(one -> one.category().equals(word)).count();
    return new Choice(title, address(word, sort), word.equals(category), count);
  }

  private Column column(Order order) {
    boolean isThis = order().filter(order::equals).isPresent();
    boolean descending = isThis && !isDescending();
    return new Column(
        order.title(),
        address(category, order.word() + (descending ? "-down" : "")),
        isThis ? (isDescending() ? "descending" : "ascending") : null,
        order != Order.NAME && order != Order.STATE);
  }

  private Optional<Order> order() {
    return parameters.one(
        "sort",
        sort,
        Optional.ofNullable(sort).flatMap(word -> Order.of(word.replaceFirst("-down$", ""))),
        "those with trouble stand first; choose a column to sort by");
  }

  private boolean isDescending() {
    return sort != null && sort.endsWith("-down");
  }

  /** This page with another category or order, and all else as it is. */
  private String address(@Nullable String otherCategory, @Nullable String otherSort) {
    return PageAddress.to("/overview")
        .with("category", otherCategory)
        .with("q", search)
        .with("list", list)
        .with("tag", tag)
        .with("sort", otherSort)
        .with("from", from)
        .toString();
  }

  public @Nullable String getSearch() {
    return search;
  }

  public void setSearch(@Nullable String search) {
    this.search = search;
  }

  public @Nullable String getCategory() {
    return category;
  }

  public void setCategory(@Nullable String category) {
    this.category =
        parameters
            .one("category", category, ShownTargetState.category(category), "all are shown")
            .orElse(null);
  }

  public @Nullable String getList() {
    return list;
  }

  public void setList(@Nullable String list) {
    this.list = list;
  }

  public @Nullable String getTag() {
    return tag;
  }

  public void setTag(@Nullable String tag) {
    this.tag = tag;
  }

  public @Nullable String getSort() {
    return sort;
  }

  public void setSort(@Nullable String sort) {
    this.sort = sort;
  }

  public @Nullable String getFrom() {
    return from;
  }

  public void setFrom(@Nullable String from) {
    this.from = from;
  }
}
