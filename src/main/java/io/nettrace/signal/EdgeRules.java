package io.nettrace.signal;

import io.nettrace.catalog.Venue;
import io.nettrace.geo.Confidence;
import io.nettrace.geo.Coordinates;
import io.nettrace.geo.LightBound;
import io.nettrace.geo.Place;
import io.nettrace.geo.Whereabouts;
import io.nettrace.signal.EdgeVerdict.Evidence;
import io.nettrace.signal.EdgeVerdict.Kind;
import io.nettrace.signal.EdgeVerdict.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Weighs what is known. A single proof of a front is enough; hints need company; and an origin
 * needs something that speaks for it and nothing that speaks against it.
 */
final class EdgeRules {
  /** Coordinates of a venue are those of its town. */
  private static final double TOLERANCE_KM = 60;

  /** An answer that is this much slower than light says nothing about where it came from. */
  private static final double MOST_DETOUR = 2.5;

  private static final long SLACK_NANOS = 2_000_000;
  private static final int MANY_ADDRESSES = 3;
  private static final Duration SHORT_TTL = Duration.ofSeconds(60);
  private static final int MANY_MOVES = 3;

  private static final Set<Source> PROOFS =
      EnumSet.of(Source.ASN, Source.ANYCAST, Source.RTT_FLOOR);

  private final FrontNetworks fronts;

  EdgeRules(FrontNetworks fronts) {
    this.fronts = fronts;
  }

  EdgeVerdict judge(EdgeFacts facts) {
    List<Evidence> evidence = new ArrayList<>();
    network(facts).ifPresent(evidence::add);
    place(facts.whereabouts()).ifPresent(evidence::add);
    answerSet(facts).ifPresent(evidence::add);
    rotation(facts).ifPresent(evidence::add);
    facts.target().venue().flatMap(venue -> floor(facts, venue)).ifPresent(evidence::add);
    return new EdgeVerdict(
        facts.target().id(), facts.whereabouts().address(), weigh(evidence), evidence);
  }

  private static Kind weigh(List<Evidence> evidence) {
    List<Evidence> edge = speakingFor(Kind.EDGE, evidence);
    boolean proof = edge.stream().anyMatch(e -> PROOFS.contains(e.source()));
    if (proof || edge.size() > 1) {
      return Kind.EDGE;
    }
    Set<Source> origin =
        speakingFor(Kind.ORIGIN, evidence).stream()
            .map(Evidence::source)
            .collect(Collectors.toSet());
    boolean shown = origin.contains(Source.ASN) || origin.size() > 1;
    return edge.isEmpty() && shown ? Kind.ORIGIN : Kind.UNKNOWN;
  }

  private static List<Evidence> speakingFor(Kind kind, List<Evidence> evidence) {
    return evidence.stream().filter(e -> e.speaksFor() == kind).toList();
  }

  private Optional<Evidence> network(EdgeFacts facts) {
    Whereabouts where = facts.whereabouts();
    if (where.asn().isEmpty()) {
      return Optional.empty();
    }
    String system = "AS" + where.asn().getAsLong();
    Optional<String> front = fronts.name(where.asn().getAsLong());
    if (front.isPresent()) {
      return Optional.of(
          new Evidence(
              Source.ASN,
              isSame(front.get(), facts.target().operator()) ? Kind.UNKNOWN : Kind.EDGE,
              "%s is %s, which holds fronts".formatted(system, front.get())));
    }
    return where
        .asName()
        .filter(name -> isSame(name, facts.target().operator()))
        .map(
            name ->
                new Evidence(
                    Source.ASN,
                    Kind.ORIGIN,
                    "%s is the operator's own (%s)".formatted(system, name)));
  }

  /** One begins with the whole first word of the other. */
  private static boolean isSame(String name, String operator) {
    String first = operator.toLowerCase(Locale.ROOT).split("[^a-z0-9]", 2)[0];
    return !first.isEmpty()
        && List.of(name.toLowerCase(Locale.ROOT).split("[^a-z0-9]+")).getFirst().equals(first);
  }

  private static Optional<Evidence> place(Whereabouts where) {
    return where.confidence() == Confidence.IMPOSSIBLE
        ? Optional.of(
            new Evidence(
                Source.ANYCAST,
                Kind.UNKNOWN,
                "it cannot stand where its source says: " + where.reason()))
        : Optional.empty();
  }

  private static Optional<Evidence> answerSet(EdgeFacts facts) {
    boolean likely =
        facts.addresses() >= MANY_ADDRESSES
            && facts.ttl().map(ttl -> ttl.compareTo(SHORT_TTL) <= 0).orElse(false);
    return likely
        ? Optional.of(
            new Evidence(
                Source.ANSWER_SET,
                Kind.EDGE,
                "the name has %d addresses, for %d s"
                    .formatted(facts.addresses(), facts.ttl().orElse(Duration.ZERO).toSeconds())))
        : Optional.empty();
  }

  private static Optional<Evidence> rotation(EdgeFacts facts) {
    return facts.moves() >= MANY_MOVES
        ? Optional.of(
            new Evidence(
                Source.ANSWER_SET,
                Kind.EDGE,
                "the name moved %d times within a day".formatted(facts.moves())))
        : Optional.empty();
  }

  private static Optional<Evidence> floor(EdgeFacts facts, Venue venue) {
    Optional<Coordinates> from = facts.vantage().flatMap(Place::coordinates);
    if (from.isEmpty() || facts.minRttNanos().isEmpty()) {
      return Optional.empty();
    }
    double distance = from.get().kilometresTo(new Coordinates(venue.latitude(), venue.longitude()));
    long rtt = facts.minRttNanos().getAsLong();
    long least = LightBound.leastRttNanos(Math.max(0, distance - TOLERANCE_KM));
    Kind kind = rtt < least ? Kind.EDGE : isNear(rtt, distance) ? Kind.ORIGIN : Kind.UNKNOWN;
    return Optional.of(
        new Evidence(
            Source.RTT_FLOOR,
            kind,
            String.format(
                Locale.ROOT,
                "least delay %.2f ms; light to %s and back takes %.2f ms",
                rtt / 1e6,
                venue.place(),
                LightBound.leastRttNanos(distance) / 1e6)));
  }

  private static boolean isNear(long rttNanos, double distance) {
    return rttNanos <= MOST_DETOUR * LightBound.leastRttNanos(distance) + SLACK_NANOS;
  }
}
