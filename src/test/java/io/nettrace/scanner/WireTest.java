package io.nettrace.scanner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nettrace.metric.AnswerSet;
import io.nettrace.metric.Burst;
import io.nettrace.metric.Hop;
import io.nettrace.metric.HopReply;
import io.nettrace.metric.HopState;
import io.nettrace.metric.LossReason;
import io.nettrace.metric.MplsLabel;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.ProbeOutcome.Replied;
import io.nettrace.metric.ProbeOutcome.SendFailed;
import io.nettrace.metric.ProbeOutcome.TimedOut;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.Refusal;
import io.nettrace.metric.Trace;
import io.nettrace.metric.TraceEnd;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WireTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30.123456789Z");
  private static final InetAddress TARGET = InetAddress.ofLiteral("198.18.0.1");
  private static final InetAddress ROUTER = InetAddress.ofLiteral("2001:db8::1");

  @Test
  void aFaultOfAnEarlierScannerLosesTheTextThatMayNameAHost() throws Exception {
    OwnFault told =
        new OwnFault(OwnFault.Kind.RESOLVER, NOW, Optional.empty(), 3, OwnFault.NO_NAME_SERVER);
    String earlier =
        new String(Wire.write(told), StandardCharsets.UTF_8)
            .replace(
                OwnFault.NO_NAME_SERVER,
                "the name server answered SERVFAIL to A of canary.tenant.example");
    assertThat(earlier).contains("canary");
    assertThat(Wire.read(earlier.getBytes(StandardCharsets.UTF_8), OwnFault.class)).isEqualTo(told);
  }

  @Test
  void aDeliveryReadBackIsEqualToTheOneWritten() throws Exception {
    Delivery delivery =
        new Delivery(
            UUID.fromString("0195f1d2-0000-7000-8000-000000000001"),
            42,
            "lab-ewr",
            true,
            NOW,
            List.of(
                burst(
                    new Replied(TARGET, 1_234_567), new TimedOut(), new Replied(TARGET, 1_300_000)),
                burst(new TimedOut(), new SendFailed("sendmmsg 198.18.0.1: ENETDOWN")),
                refused()),
            List.of(
                new MeasuredTrace("nyse", "nyse.example", MeasuredTrace.Cause.DEVIATION, trace())),
            List.of(
                new Resolution.Resolved(
                    "nyse",
                    new AnswerSet("nyse.example", NOW, List.of(TARGET), Duration.ofSeconds(60))),
                new Resolution.Failed("cme", "cme.example", NOW, "NXDOMAIN")));

    assertThat(Wire.read(Wire.write(delivery), Delivery.class)).isEqualTo(delivery);
  }

  @Test
  void aNewerEndMaySayMore() throws Exception {
    assertThat(
            read(
                """
                {"vantagePoint":"local","revision":7,"novelty":[1],"targets":[],
                 "cadence":{"burstEvery":"PT1M","burstPackets":10,"traceEvery":"PT15M","packetsPerSecond":500},
                 "lease":{"number":3,"grantedAt":"2026-11-22T10:15:30.123456789Z","term":"PT15S","sole":false,
                          "slices":64,"held":[0,5],"idle":[5]}}
                """,
                Assignment.class))
        .isEqualTo(
            new Assignment(
                "local",
                7,
                new Cadence(Duration.ofMinutes(1), 10, Duration.ofMinutes(15), 500),
                List.of(),
                new Lease(3, NOW, Duration.ofSeconds(15), false, 64, List.of(0, 5), List.of(5))));
  }

  @Test
  void aBurstOfAnEarlierReleaseHasNoReasonsForItsLosses() throws Exception {
    String json = new String(Wire.write(refused()), StandardCharsets.UTF_8);
    String earlier = json.replaceFirst(",\"losses\":\\[.*?]", "");
    assertThat(earlier).isNotEqualTo(json);
    assertThat(read(earlier, MeasuredBurst.class).burst())
        .isEqualTo(refused().burst().because(List.of()));
  }

  @Test
  void whatIsMissingMalformedOrFollowedByRubbishIsRefused() {
    assertThatThrownBy(() -> read("{\"vantagePoint\":\"local\"}", Assignment.class))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("revision");
    assertThatThrownBy(() -> read("null", Assignment.class))
        .isInstanceOf(MalformedMessageException.class);
    assertThatThrownBy(() -> read("{} {}", Acknowledgement.class))
        .isInstanceOf(MalformedMessageException.class);
    assertThatThrownBy(
            () ->
                read(
                    """
                    {"startedAt":"2026-11-22T10:15:30Z","address":"localhost","protocol":"ICMP","mode":"RAW",
                     "hops":[],"end":"SILENCE"}
                    """,
                    Trace.class))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("not an address");
  }

  private static <T> T read(String json, Class<T> type) throws MalformedMessageException {
    return Wire.read(json.getBytes(StandardCharsets.UTF_8), type);
  }

  private static MeasuredBurst burst(io.nettrace.metric.ProbeOutcome... outcomes) {
    return new MeasuredBurst(
        "nyse",
        "nyse.example",
        Burst.of(NOW, TARGET, Protocol.TCP, ProbeMode.CONNECT, List.of(outcomes)));
  }

  private static MeasuredBurst refused() {
    MeasuredBurst silent = burst(new TimedOut(), new TimedOut(), new TimedOut());
    List<LossReason> losses =
        List.of(
            new LossReason(1, ROUTER, Optional.of(new Refusal(1, 4))),
            new LossReason(1, TARGET, Optional.empty()));
    return new MeasuredBurst(silent.targetId(), silent.host(), silent.burst().because(losses));
  }

  private static Trace trace() {
    return new Trace(
        NOW,
        TARGET,
        Protocol.ICMP,
        ProbeMode.RAW,
        List.of(
            new Hop(
                1,
                HopState.ANSWERED,
                List.of(new HopReply(ROUTER, 90_000, List.of(new MplsLabel(16, 0, true, 1))))),
            Hop.silent(2),
            new Hop(3, HopState.DESTINATION, List.of(new HopReply(TARGET, 1_200_000, List.of())))),
        TraceEnd.DESTINATION_REACHED);
  }
}
