package io.nettrace.edge.api.v1;

import io.nettrace.metric.Hop;
import io.nettrace.metric.HopReply;
import io.nettrace.metric.MplsLabel;
import io.nettrace.route.RecordedChange;
import io.nettrace.sample.HopSnapshot;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The route to a target: its newest trace, the newest one kept hop by hop, the last change. */
record RouteView(
    String host,
    String targetId,
    String vantagePoint,
    boolean simulated,
    @Nullable PathView path,
    @Nullable HopsView snapshot,
    @Nullable ChangeView lastChange) {

  /** A trace hop by hop. */
  record HopsView(
      Instant observedAt,
      String method,
      String mode,
      String address,
      String end,
      @Nullable String routeHash,
      List<HopView> hops) {

    static HopsView of(HopSnapshot snapshot) {
      return new HopsView(
          snapshot.observedAt(),
          Words.of(snapshot.method()),
          Words.of(snapshot.mode()),
          snapshot.address().getHostAddress(),
          Words.of(snapshot.end()),
          snapshot.routeHash().orElse(null),
          snapshot.hops().stream().map(HopView::of).toList());
    }
  }

  /** One distance, and who answered there. */
  record HopView(int ttl, String state, List<ReplyView> replies) {
    static HopView of(Hop hop) {
      return new HopView(
          hop.ttl(), Words.of(hop.state()), hop.replies().stream().map(ReplyView::of).toList());
    }
  }

  /** One address at a hop. */
  record ReplyView(String address, double rttMs, @Nullable List<MplsLabel> mpls) {
    static ReplyView of(HopReply reply) {
      return new ReplyView(
          reply.address().getHostAddress(),
          Millis.of(reply.rttNanos()),
          reply.labels().isEmpty() ? null : reply.labels());
    }
  }

  /** One change of route. */
  record ChangeView(
      Instant observedAt,
      Instant confirmedAt,
      String method,
      String mode,
      String address,
      String kind,
      String routeHashBefore,
      String routeHashAfter,
      List<List<String>> pathBefore,
      List<List<String>> pathAfter,
      @Nullable Double rttMsBefore,
      @Nullable Double rttMsAfter) {

    static ChangeView of(RecordedChange change) {
      return new ChangeView(
          change.observedAt(),
          change.confirmedAt(),
          Words.of(change.method()),
          Words.of(change.mode()),
          change.address().getHostAddress(),
          Words.of(change.kind()),
          change.hashBefore(),
          change.hashAfter(),
          change.pathBefore(),
          change.pathAfter(),
          Millis.of(change.rttNanosBefore()),
          Millis.of(change.rttNanosAfter()));
    }
  }
}
