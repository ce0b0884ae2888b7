package io.nettrace.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.geo.PlacesKit;
import io.nettrace.metric.Hop;
import io.nettrace.metric.HopReply;
import io.nettrace.metric.HopState;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.Trace;
import io.nettrace.metric.TraceEnd;
import io.nettrace.platform.Database;
import io.nettrace.sample.RecordKit;
import io.nettrace.scan.AcceptedScan;
import io.nettrace.scan.AskedTraces;
import io.nettrace.scanner.MeasuredTrace;
import io.nettrace.testing.SharedPostgres;
import java.net.InetAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoutesOnNodesIT {
  private final Database database = SharedPostgres.migratedDatabase();
  private final RoutesKit kit =
      new RoutesKit(database, PlacesKit.labOnly(database), new AskedTraces(database));
  private final RecordKit one = new RecordKit(database, kit.routes());
  private final RecordKit other = new RecordKit(database, kit.routes());
  private Instant at = Instant.now().minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MILLIS);

  @Test
  void aChangeSeenByOneNodeAndConfirmedByAnotherIsRecordedOnce() {
    trace(one, "198.51.100.1");
    trace(other, "203.0.113.1");
    trace(one, "203.0.113.1");
    trace(other, "203.0.113.1");
    assertThat(changes()).hasSize(1);
  }

  @Test
  void aNodeThatTakesOverKnowsTheRouteThatIsInForceByNow() {
    trace(one, "198.51.100.1");
    trace(other, "203.0.113.1");
    trace(other, "203.0.113.1");
    trace(one, "203.0.113.1");
    trace(one, "203.0.113.1");
    assertThat(changes()).hasSize(1);
  }

  private List<RecordedChange> changes() {
    EventRange all =
        new EventRange(
            Optional.empty(), Optional.empty(), at.minusSeconds(86_400), at.plusSeconds(86_400));
    return kit.changes().list(all, Optional.empty(), 10);
  }

  private void trace(RecordKit node, String router) {
    List<Hop> hops = new ArrayList<>();
    for (String address : List.of("192.0.2.1", router, "192.0.2.99")) {
      boolean target = address.equals("192.0.2.99");
      hops.add(
          new Hop(
              hops.size() + 1,
              target ? HopState.DESTINATION : HopState.ANSWERED,
              List.of(new HopReply(InetAddress.ofLiteral(address), 1_000_000, List.of()))));
    }
    Trace trace =
        new Trace(
            at,
            InetAddress.ofLiteral("192.0.2.99"),
            Protocol.ICMP,
            ProbeMode.RAW,
            hops,
            TraceEnd.DESTINATION_REACHED);
    at = at.plusSeconds(60);
    node.store(
        new AcceptedScan(
            RecordKit.LAB,
            at,
            List.of(),
            List.of(
                new MeasuredTrace("nyse", "www.nyse.com", MeasuredTrace.Cause.SCHEDULED, trace)),
            List.of(),
            0));
  }
}
