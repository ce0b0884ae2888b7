package io.nettrace.edge.portal.account;

import io.nettrace.catalog.Targets;
import io.nettrace.catalog.WatchList;
import io.nettrace.catalog.WatchLists;
import io.nettrace.desk.Horizon;
import io.nettrace.desk.Horizons;
import io.nettrace.edge.portal.AddressParameters;
import io.nettrace.edge.portal.DisplayFormat;
import io.nettrace.edge.portal.Faults;
import io.nettrace.edge.portal.FormInput;
import io.nettrace.edge.portal.Once;
import io.nettrace.edge.portal.Page;
import io.nettrace.edge.portal.Visit;
import io.nettrace.edge.portal.account.TargetChoices.Choice;
import io.nettrace.export.Compression;
import io.nettrace.export.ExportOrder;
import io.nettrace.export.Format;
import io.nettrace.plan.Entitlement;
import io.nettrace.platform.time.TimeText;
import io.nettrace.sample.DefaultVantagePoints;
import io.nettrace.sample.Latest;
import io.nettrace.scan.RecordOf;
import io.nettrace.scan.VantagePoint;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The form that orders an export: what there is to choose, and the order that it comes to. */
@Page
public class ExportForm {
  private static final String EVERYTHING = "all";
  private static final String SOME = "some";
  private static final Duration STANDARD_REACH = Duration.ofDays(1);

  /** Clocks differ, and a form takes a while: yesterday at this time is a day ago. */
  @Inject Targets catalogue;

  @Inject TargetChoices choices;
  @Inject WatchLists lists;
  @Inject Latest latest;
  @Inject DefaultVantagePoints defaults;
  @Inject Visit visit;
  @Inject AddressParameters parameters;
  @Inject FormInput input;
  @Inject Faults faults;
  @Inject Clock clock;
  @Inject Horizons horizons;

  /** A word of the API, and what people call it. */
  public record Option(String word, String title, boolean chosen) {}

  /** What is typed in, as an order; empty after saying what is wrong with it. */
  Optional<ExportOrder> order() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Optional<Instant> start = seen("start", now);
    Optional<Instant> end = past("end", now);
    Optional<Instant> asOf = input.get("as_of").isEmpty() ? Optional.of(now) : seen("as_of", now);
    Optional<VantagePoint> from = from();
    offered("format", Format.values());
    offered("compression", Compression.values());
    List<ExportOrder.Item> items = items();
    if (from.isEmpty()) {
      faults.of("vantage_point", "it has not measured anything lately");
    }
    if (start.isPresent() && end.isPresent() && !start.get().isBefore(end.get())) {
      faults.of("end", "it has to be later than the beginning");
    }
    if (items.isEmpty()) {
      faults.of("targets", "choose at least one");
    } else if (items.size() > ExportOrder.MOST_TARGETS) {
      faults.of("targets", "at most %d at once".formatted(ExportOrder.MOST_TARGETS));
    }
    return faults.isAny()
        ? Optional.empty()
        : Optional.of(
            new ExportOrder(
                visit.ofTenant(),
                items,
                from.orElseThrow().name(),
                from.get().simulated(),
                start.orElseThrow(),
                end.orElseThrow(),
                asOf.orElseThrow(),
                choice(Format.class, "format", Format.CSV),
                choice(Compression.class, "compression", Compression.GZIP)));
  }

  /** All that can be chosen, the tenant's own first. */
  @Once
  public List<Choice> choices() {
    return choices.all(visit, Set.copyOf(input.all("targets")));
  }

  /** Of what: everything in the catalogue, some targets, or those of a watch list. */
  @Once
  public List<Option> whiches() {
    String chosen = input.get("which").isEmpty() ? EVERYTHING : input.get("which");
    Stream<Option> always =
        Stream.of(
            new Option(
                EVERYTHING,
                "All %,d of the catalogue".formatted(catalogue.all().size()),
                chosen.equals(EVERYTHING)),
            new Option(SOME, "Those chosen below", chosen.equals(SOME)));
    return Stream.concat(
            always,
            lists().stream()
                .map(
                    list ->
                        new Option(
                            list.id().toString(),
                            "Watch list " + list.name(),
                            chosen.equals(list.id().toString()))))
        .toList();
  }

  /** From where; the default unless another was chosen. */
  @Once
  public List<Option> vantagePoints() {
    String chosen = from().map(VantagePoint::name).orElse("");
    return latest.snapshot().vantagePoints().stream()
        .map(
            point ->
                new Option(
                    point.name(),
                    point.simulated() ? point.name() + " (simulated)" : point.name(),
                    point.name().equals(chosen)))
        .toList();
  }

  @Once
  public List<Option> formats() {
    Format chosen = choice(Format.class, "format", Format.CSV);
    return Arrays.stream(Format.values())
        .map(one -> new Option(word(one), ExportRow.title(one), one == chosen))
        .toList();
  }

  @Once
  public List<Option> compressions() {
    Compression chosen = choice(Compression.class, "compression", Compression.GZIP);
    return Stream.of(Compression.GZIP, Compression.ZSTD, Compression.NONE)
        .map(one -> new Option(word(one), title(one), one == chosen))
        .toList();
  }

  /** With the API's word where that is another. */
  private static String title(Compression one) {
    String title = ExportRow.title(one);
    return title.equals(word(one)) ? title : "%s (%s)".formatted(title, word(one));
  }

  /** When it begins: a day ago unless something else was typed; UTC, to the minute. */
  public String start() {
    return input.has("start")
        ? input.get("start")
        : DisplayFormat.field(clock.instant().minus(STANDARD_REACH), ChronoUnit.MINUTES);
  }

  public String end() {
    return input.has("end")
        ? input.get("end")
        : DisplayFormat.field(clock.instant(), ChronoUnit.MINUTES);
  }

  /** Whether anything has been measured that could be exported. */
  public boolean isPossible() {
    return standard().isPresent();
  }

  private List<ExportOrder.Item> items() {
    String which = input.get("which");
    return switch (which) {
      case "", EVERYTHING ->
          choices().stream()
              .filter(choice -> choice.whose() instanceof RecordOf.Catalogue)
              .map(ExportForm::item)
              .toList();
      case SOME -> items(Set.copyOf(input.all("targets")));
      default ->
          input
              .id("which")
              .filter(_ -> visit.has(Entitlement.WATCH_LISTS))
              .flatMap(id -> lists.find(visit.ofTenant(), id))
              .map(list -> items(Set.copyOf(list.targetIds())))
              .orElse(List.of());
    };
  }

  private List<ExportOrder.Item> items(Set<String> ids) {
    return choices().stream()
        .filter(choice -> ids.contains(choice.id()))
        .map(ExportForm::item)
        .toList();
  }

  private static ExportOrder.Item item(Choice choice) {
    return new ExportOrder.Item(choice.whose(), choice.id(), choice.host());
  }

  private Optional<VantagePoint> from() {
    String name = input.get("vantage_point");
    return name.isEmpty() ? standard() : latest.snapshot().vantagePoint(name);
  }

  private Optional<VantagePoint> standard() {
    DefaultVantagePoints.Meant meant = defaults.of(visit.tenant(), latest.snapshot());
    meant.notice().ifPresent(parameters::tell);
    return meant.vantagePoint();
  }

  /** A moment that the plan shows. */
  private Optional<Instant> seen(String field, Instant now) {
    Optional<Instant> moment = past(field, now);
    if (!moment.map(horizons.of(visit.known())::shows).orElse(true)) {
      faults.of(
          field, "your plan reaches %,d days back".formatted(visit.plan().history().toDays()));
      return Optional.empty();
    }
    return moment;
  }

  private Optional<Instant> past(String field, Instant now) {
    try {
      Instant moment = LocalDateTime.parse(input.get(field)).toInstant(ZoneOffset.UTC);
      if (TimeText.of(moment) instanceof TimeText.Bad(String reason)) {
        faults.of(field, reason);
        return Optional.empty();
      }
      if (moment.isAfter(now.plus(Horizon.LENIENCE))) {
        faults.of(field, "it must not lie in the future; now it is %s UTC".formatted(clock(now)));
        return Optional.empty();
      }
      return Optional.of(moment.isAfter(now) ? now : moment);
    } catch (DateTimeException e) {
      faults.of(field, "it is a day and a time of UTC");
      return Optional.empty();
    }
  }

  private static String clock(Instant now) {
    return DisplayFormat.field(now, ChronoUnit.MINUTES).substring(11);
  }

  private List<WatchList> lists() {
    return visit.has(Entitlement.WATCH_LISTS) ? lists.all(visit.ofTenant()) : List.of();
  }

  /** Says what can be chosen where something else was sent. */
  private void offered(String field, Enum<?>... all) {
    List<String> words = Arrays.stream(all).map(ExportForm::word).toList();
    if (input.has(field) && !words.contains(input.get(field))) {
      faults.of(field, "it is one of " + String.join(", ", words));
    }
  }

  private <E extends Enum<E>> E choice(Class<E> type, String field, E standard) {
    return Arrays.stream(type.getEnumConstants())
        .filter(one -> word(one).equals(input.get(field)))
        .findFirst()
        .orElse(standard);
  }

  /** As the API writes it. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
