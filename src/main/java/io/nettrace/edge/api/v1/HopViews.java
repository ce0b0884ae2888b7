package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.ConstantNames;
import io.nettrace.geo.AsStep;
import io.nettrace.geo.Place;
import io.nettrace.geo.Places;
import io.nettrace.metric.AddressText;
import io.nettrace.metric.Hop;
import io.nettrace.metric.HopReply;
import io.nettrace.metric.MplsLabel;
import io.nettrace.metric.Refusal;
import io.nettrace.sample.HopSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Renders hops, each address with its place as the delay of that very answer allows for it. */
final class HopViews {
  private final Places places;
  private final boolean simulated;
  private final Optional<Place> vantage;

  HopViews(Places places, boolean simulated) {
    this.places = places;
    this.simulated = simulated;
    this.vantage = places.vantagePlace(simulated);
  }

  /** A trace hop by hop. */
  record HopsView(
      Instant observedAt,
      String method,
      String mode,
      String address,
      String end,
      @Nullable String routeHash,
      List<AsView> asPath,
      List<HopView> hops) {}

  /** An autonomous system on the way, from the first to the last distance it was seen at. */
  record AsView(long asn, @Nullable String name, int firstTtl, int lastTtl) {
    static AsView of(AsStep step) {
      return new AsView(step.asn(), step.name().orElse(null), step.firstTtl(), step.lastTtl());
    }
  }

  /** One distance, and who answered there. */
  record HopView(
      int ttl,
      String state,
      @Nullable Integer icmpType,
      @Nullable Integer icmpCode,
      List<ReplyView> replies) {}

  /** One address at a hop. */
  record ReplyView(String address, double rttMs, @Nullable List<MplsLabel> mpls, PlaceView place) {}

  HopsView of(HopSnapshot snapshot) {
    return new HopsView(
        snapshot.observedAt(),
        ConstantNames.of(snapshot.method()),
        ConstantNames.of(snapshot.mode()),
        AddressText.of(snapshot.address()),
        ConstantNames.of(snapshot.end()),
        snapshot.routeHash().orElse(null),
        places.asPath(snapshot.hops(), simulated).stream().map(AsView::of).toList(),
        snapshot.hops().stream().map(this::of).toList());
  }

  HopView of(Hop hop) {
    return new HopView(
        hop.ttl(),
        ConstantNames.of(hop.state()),
        hop.refusal().map(Refusal::icmpType).orElse(null),
        hop.refusal().map(Refusal::icmpCode).orElse(null),
        hop.replies().stream().map(this::of).toList());
  }

  private ReplyView of(HopReply reply) {
    return new ReplyView(
        AddressText.of(reply.address()),
        Millis.of(reply.rttNanos()),
        reply.labels().isEmpty() ? null : reply.labels(),
        PlaceView.of(
            places.describe(
                reply.address(), vantage, OptionalLong.of(reply.rttNanos()), simulated)));
  }
}
