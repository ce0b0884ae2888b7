package io.nettrace.edge.portal.record;

import io.nettrace.edge.portal.DisplayFormat;
import io.nettrace.geo.Confidence;
import io.nettrace.geo.Coordinates;
import io.nettrace.geo.Place;
import io.nettrace.geo.Places;
import io.nettrace.geo.Whereabouts;
import io.nettrace.metric.AddressText;
import io.nettrace.metric.Hop;
import io.nettrace.metric.HopReply;
import java.net.Inet6Address;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One distance on a path, as people read it.
 *
 * @param addresses those that answered there, the path's own flow first; empty at a silent hop
 * @param network who runs it, as far as known
 * @param place where it is, as far as that may be believed
 * @param doubt what speaks against the place; empty when nothing does
 * @param delay in milliseconds; a dash at a silent hop
 * @param words what its state means
 */
public record HopRow(
    int ttl,
    List<String> addresses,
    String name,
    String network,
    String place,
    String doubt,
    String delay,
    String scale,
    String state,
    String mood,
    String words,
    Optional<Coordinates> at) {

  static HopRow of(Hop hop, Places places, boolean simulated) {
    Optional<Place> vantage = places.vantagePlace(simulated);
    Optional<Whereabouts> where =
        hop.replies().stream()
            .findFirst()
            .map(
                reply ->
                    places.describe(
                        reply.address(), vantage, OptionalLong.of(reply.rttNanos()), simulated));
    OptionalLong delay = hop.rttNanos();
    return new HopRow(
        hop.ttl(),
        hop.replies().stream().map(HopRow::address).toList(),
        where.flatMap(Whereabouts::hostName).orElse(""),
        where.map(HopRow::network).orElse(""),
        where.flatMap(Whereabouts::place).map(HopRow::place).orElse(""),
        where.filter(HopRow::isDoubtful).map(Whereabouts::reason).orElse(""),
        DisplayFormat.millis(delay),
        DisplayFormat.scale(delay),
        DisplayFormat.sentence(DisplayFormat.word(hop.state())),
        mood(hop),
        words(hop),
        where
            .filter(known -> known.confidence() != Confidence.IMPOSSIBLE)
            .flatMap(Whereabouts::place)
            .flatMap(Place::coordinates));
  }

  private static String address(HopReply reply) {
    String labels =
        reply.labels().stream()
            .map(label -> "MPLS " + label.label())
            .collect(Collectors.joining(", "));
    return AddressText.of(reply.address()) + (labels.isEmpty() ? "" : " [" + labels + "]");
  }

  private static String network(Whereabouts where) {
    String name = where.asName().or(where::isp).orElse("");
    return where.asn().isPresent() ? ("AS" + where.asn().getAsLong() + " " + name).strip() : name;
  }

  private static String place(Place place) {
    return Stream.of(place.city(), place.country())
        .flatMap(Optional::stream)
        .collect(Collectors.joining(", "));
  }

  private static boolean isDoubtful(Whereabouts where) {
    return where.confidence() == Confidence.IMPOSSIBLE;
  }

  private static String mood(Hop hop) {
    return switch (hop.state()) {
      case ANSWERED, DESTINATION, BALANCED -> "good";
      case RATE_LIMITED -> "warn";
      case SILENT -> "";
      case UNREACHABLE -> "bad";
    };
  }

  private static boolean isIpv6(Hop hop) {
    return hop.replies().getFirst().address() instanceof Inet6Address;
  }

  private static String words(Hop hop) {
    return switch (hop.state()) {
      case ANSWERED -> "One router answers.";
      case BALANCED ->
          "%d routers share the load at this distance.".formatted(hop.addresses().size());
      case RATE_LIMITED -> "This router limits how often it answers; ignore its loss.";
      case SILENT -> "Nothing answers here, though packets pass. It need not be lost.";
      case DESTINATION -> "The target itself.";
      case UNREACHABLE ->
          "This router says that the target cannot be reached%s."
              .formatted(hop.refusal().map(one -> ": " + one.words(isIpv6(hop))).orElse(""));
    };
  }
}
