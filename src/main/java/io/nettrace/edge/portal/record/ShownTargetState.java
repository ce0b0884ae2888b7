package io.nettrace.edge.portal.record;

import io.nettrace.catalog.Category;
import io.nettrace.catalog.CustomTarget;
import io.nettrace.catalog.Target;
import io.nettrace.catalog.Venue;
import io.nettrace.metric.DelaySummary;
import io.nettrace.sample.BurstSample;
import io.nettrace.sample.Selection;
import io.nettrace.sample.Standing;
import io.nettrace.scan.RecordOf;
import io.nettrace.scan.VantagePoint;
import io.nettrace.signal.Suspicion;
import io.nettrace.tenant.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A target as pages show it, and how it stands: one of the catalogue, or one of the tenant's own.
 *
 * @param whose in whose record its measurements stand
 * @param category a word for addresses; {@value #CUSTOM} for one of the tenant's own
 * @param group the category as people read it
 * @param operator who runs it; not known of the tenant's own
 * @param standing empty until it was measured from the vantage point that is looked from
 * @param suspicion what its newest burst shows while too few agree; empty when that is as usual
 */
record ShownTargetState(
    RecordOf whose,
    String id,
    String name,
    String host,
    String category,
    String group,
    Optional<String> operator,
    List<String> tags,
    Optional<Venue> venue,
    Optional<Standing> standing,
    Optional<Suspicion> suspicion) {
  static final String CUSTOM = "custom";
  static final String CUSTOM_GROUP = "Your own targets";

  static ShownTargetState of(
      Target target, Optional<Standing> standing, Optional<Suspicion> suspicion) {
    return new ShownTargetState(
        RecordOf.CATALOGUE,
        target.id(),
        target.name(),
        target.host(),
        target.category().word(),
        target.category().title(),
        Optional.of(target.operator()),
        List.of(),
        target.venue(),
        standing,
        suspicion);
  }

  static ShownTargetState of(
      Tenant tenant, CustomTarget own, Optional<Standing> standing, Optional<Suspicion> suspicion) {
    return new ShownTargetState(
        new RecordOf.Own(tenant),
        own.id(),
        own.name(),
        own.host(),
        CUSTOM,
        CUSTOM_GROUP,
        Optional.empty(),
        own.tags(),
        Optional.empty(),
        standing,
        suspicion);
  }

  /** The word of a category as addresses have it; empty when there is none of it. */
  static Optional<String> category(@Nullable String word) {
    return Optional.ofNullable(word)
        .filter(one -> one.equals(CUSTOM) || Category.of(one).isPresent());
  }

  /** What a search looks in, in small letters: name, host, operator, category, place and tags. */
  String words() {
    return String.join(
            " ", name, host, operator.orElse(""), group, venue.map(Venue::place).orElse(""))
        .concat(" " + String.join(" ", tags))
        .toLowerCase(Locale.ROOT);
  }

  /** In a word, how it is. */
  Health health() {
    return Health.of(standing, suspicion);
  }

  /**
   * When its newest burst began, if its figures are not of now: stale, without an address, or not
   * measured from here at present.
   */
  Optional<Instant> aged() {
    return standing
        .filter(known -> known.stale() || known.reason().isPresent())
        .flatMap(Standing::burst)
        .map(BurstSample::observedAt);
  }

  /** Median of the newest burst in nanoseconds; empty when nothing was answered. */
  OptionalLong delayNow() {
    return standing
        .flatMap(Standing::burst)
        .flatMap(BurstSample::delays)
        .map(DelaySummary::p50Nanos)
        .map(OptionalLong::of)
        .orElseGet(OptionalLong::empty);
  }

  /** The newest medians of all of them in nanoseconds, the least first. */
  static long[] delaysNow(List<ShownTargetState> all) {
    return all.stream()
        .map(ShownTargetState::delayNow)
        .flatMapToLong(OptionalLong::stream)
        .sorted()
        .toArray();
  }

  /** How many are in one of these moods. */
  static long count(List<ShownTargetState> all, Set<String> moods) {
    return all.stream().map(target -> target.health().mood()).filter(moods::contains).count();
  }

  /** What was measured of it from there in that time. */
  Selection during(VantagePoint point, Span span) {
    return new Selection(id, point.name(), span.start(), span.end()).in(whose);
  }

  /** Where its page is: a host that the catalogue has too means the catalogue's. */
  String address() {
    return "/target/" + (whose instanceof RecordOf.Own ? id : host);
  }
}
