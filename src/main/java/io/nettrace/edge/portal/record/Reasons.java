package io.nettrace.edge.portal.record;

import io.nettrace.edge.portal.DisplayFormat;
import io.nettrace.metric.AddressText;
import io.nettrace.metric.DelaySummary;
import io.nettrace.sample.BurstSample;
import io.nettrace.sample.LastHour;
import io.nettrace.sample.Standing;
import io.nettrace.signal.EdgeVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Puts beside each figure of a target what it rests on. */
final class Reasons {
  private final Standing standing;
  private final Optional<EdgeVerdict> verdict;
  private final Instant now;

  Reasons(Standing standing, Optional<EdgeVerdict> verdict, Instant now) {
    this.standing = standing;
    this.verdict = verdict;
    this.now = now;
  }

  List<Reason> all() {
    Optional<BurstSample> burst = standing.burst();
    Optional<DelaySummary> delays = burst.flatMap(BurstSample::delays);
    Optional<LastHour> hour = standing.lastHour();
    return List.of(
        new Reason(
            "now",
            "Now, median",
            delays.map(d -> DisplayFormat.millis(d.p50Nanos())).orElse(DisplayFormat.NOTHING),
            "ms",
            burst
                .map(b -> Lost.of(b).orElseGet(() -> "of %d probes".formatted(b.sent())))
                .orElse(""),
            "The median round-trip delay of the newest burst's answered probes.",
            "RFC 2681, RFC 8912",
            ofBurst(),
            caveats("Ten probes are few: the hour beside it says more about what is usual.")),
        new Reason(
            "p50",
            "Median, last hour",
            DisplayFormat.millis(hour.map(LastHour::p50Nanos).orElse(OptionalLong.empty())),
            "ms",
            hour.map(h -> "of %,d answers".formatted(h.received())).orElse(""),
            "Half of the answered probes of the last hour came back sooner.",
            "RFC 8912",
            ofHour(),
            caveats("It is the median of all probes together, never a mean of medians.")),
        new Reason(
            "p99",
            "p99, last hour",
            DisplayFormat.millis(hour.map(LastHour::p99Nanos).orElse(OptionalLong.empty())),
            "ms",
            "the slowest hundredth",
            "99 of 100 answered probes of the last hour came back sooner.",
            "RFC 8912",
            ofHour(),
            caveats("It counts answered probes only: read it beside the loss.")),
        new Reason(
            "loss",
            "Loss, last hour",
            hour.flatMap(LastHour::lossRatio)
                .map(DisplayFormat::percent)
                .orElse(DisplayFormat.NOTHING),
            "%",
            hour.map(h -> "%,d of %,d probes".formatted(h.sent() - h.received(), h.sent()))
                .orElse(""),
            "The share of probes that were not answered within the time allowed.",
            "RFC 6673",
            ofHour(),
            caveats(
                "Loss is counted at the target only; what routers on the way drop of their own"
                    + " answers says nothing.")),
        new Reason(
            "ipdv",
            "Delay variation, now",
            delays
                .map(DelaySummary::ipdvNanos)
                .filter(OptionalLong::isPresent)
                .map(ipdv -> DisplayFormat.millis(ipdv.getAsLong()))
                .orElse(DisplayFormat.NOTHING),
            "ms",
            "probe to probe",
            "The mean difference between the delays of neighbouring probes that were both"
                + " answered.",
            "RFC 3393",
            ofBurst(),
            caveats("Of one burst; it says how steady the path is within a second.")));
  }

  private List<Reason.Fact> ofBurst() {
    List<Reason.Fact> facts =
        facts(
            standing
                .burst()
                .map(
                    burst ->
                        "%d probes sent, %d answered".formatted(burst.sent(), burst.received())));
    standing.burst().flatMap(Lost::of).ifPresent(text -> facts.add(new Reason.Fact("Loss", text)));
    return facts;
  }

  private List<Reason.Fact> ofHour() {
    return facts(
        standing
            .lastHour()
            .map(
                hour ->
                    "%,d bursts, %,d probes sent, %,d answered"
                        .formatted(hour.bursts(), hour.sent(), hour.received())));
  }

  private List<Reason.Fact> facts(Optional<String> samples) {
    List<Reason.Fact> facts = common();
    samples.ifPresent(text -> facts.add(new Reason.Fact("Samples", text)));
    return facts;
  }

  private List<Reason.Fact> common() {
    List<Reason.Fact> facts = new ArrayList<>();
    standing
        .burst()
        .ifPresent(
            burst -> {
              facts.add(new Reason.Fact("Method", method(burst)));
              facts.add(new Reason.Fact("Address", AddressText.of(burst.address())));
              facts.add(
                  new Reason.Fact(
                      "Measured",
                      DisplayFormat.duration(Duration.between(burst.observedAt(), now))
                          + " ago"
                          + (standing.stale() ? ", later than it should be" : "")));
            });
    facts.add(new Reason.Fact("From", standing.vantagePoint().name()));
    facts.add(
        new Reason.Fact(
            "Network",
            standing.vantagePoint().simulated()
                ? "simulated: real packets in the built-in lab"
                : "real"));
    return facts;
  }

  private List<String> caveats(String own) {
    List<String> caveats = new ArrayList<>();
    caveats.add(own);
    verdict
        .filter(found -> found.kind() == EdgeVerdict.Kind.EDGE)
        .ifPresent(
            _ ->
                caveats.add(
                    "What answers is a near front of a larger network, not the service itself: the"
                        + " way from there to the service is not in this figure."));
    caveats.add("The delay includes the time that the target takes to answer.");
    if (standing.vantagePoint().simulated()) {
      caveats.add("The lab simulates the network; this says nothing about the real one.");
    }
    return caveats;
  }

  private static String method(BurstSample burst) {
    String how =
        switch (burst.mode()) {
          case RAW -> "raw sockets, time stamps of the kernel";
          case UNPRIVILEGED -> "ping sockets, time stamps of the kernel";
          case CONNECT -> "TCP connect";
        };
    return burst.method().name().toUpperCase(Locale.ROOT) + ", " + how;
  }
}
