package io.nettrace.edge.portal.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.edge.portal.ScriptJson;
import io.nettrace.metric.DelaySummary;
import io.nettrace.metric.LossReason;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.ProbeOutcome;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.Refusal;
import io.nettrace.sample.BurstSample;
import io.nettrace.sample.Deviating;
import io.nettrace.sample.Standing;
import io.nettrace.scan.RecordOf;
import io.nettrace.scan.VantagePoint;
import io.nettrace.signal.Suspicion;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HealthTest {
  private static final Instant AT = Instant.parse("2026-11-26T10:00:00Z");
  private static final VantagePoint FROM = new VantagePoint("here", true);
  private static final InetAddress ADDRESS = InetAddress.ofLiteral("192.0.2.1");
  private static final long MILLIS = 1_000_000;
  private static final int SENT = 10;

  @Test
  void aTargetSeventeenTimesAsFarIsSlowerAndNotGreen() {
    Health health = health(answering(Optional.of(rise())));
    assertThat(health.word()).isEqualTo("Slower");
    assertThat(health.mood()).isEqualTo("slow").isIn(Health.TROUBLED).isIn(Health.ANSWERING);
    assertThat(health.why()).isEqualTo("The median delay is 85.0 ms instead of 5.00 ms.");
  }

  @Test
  void aFasterOneIsChangedAndNoTroubleAndALossyOneIs() {
    Health faster = health(answering(Optional.of(of(Deviating.Kind.DELAY_FALL))));
    assertThat(faster.mood()).isEqualTo("changed").isNotIn(Health.TROUBLED);
    Health lossy = health(answering(Optional.of(of(Deviating.Kind.LOSS))));
    assertThat(lossy.mood()).isIn(Health.TROUBLED);
    assertThat(lossy.why()).isEqualTo("20 % of the probes are lost instead of 0 %.");
  }

  @Test
  void aLevelThatHasLastedIsNoTroubleAndIsNotToldOnceItIsOver() {
    Standing lasts = at(85 * MILLIS, Optional.of(settled(Deviating.Kind.DELAY_RISE)));
    Health health = health(lasts);
    assertThat(health.word()).isEqualTo("New level");
    assertThat(health.mood()).isIn(Health.ANSWERING).isNotIn(Health.TROUBLED);
    assertThat(health.why())
        .isEqualTo("Since 10:00 UTC the median delay is 85.0 ms instead of 5.00 ms.");
    Standing over = at(5 * MILLIS, Optional.of(settled(Deviating.Kind.DELAY_RISE)));
    assertThat(health(over).word()).isEqualTo("Answers");
    List<Row> rows =
        Stream.of(watched("lasts", lasts), watched("over", over)).map(Row::of).toList();
    assertThat(Totals.of(rows)).isEqualTo(new Totals(2, 0, 0, "5.00", AT.toString(), false));
  }

  @Test
  void aTargetOfAVantagePointAtFaultIsNotMeasuredAndSaysWhy() {
    Standing known = answering(Optional.empty());
    Standing hidden = withFault(known);
    assertThat(health(hidden))
        .isEqualTo(
            new Health(
                "Not measured", "unseen", "Not measured from here: no target answers any more."));
  }

  @Test
  void figuresThatAreNotOfNowSayOfWhenTheyAreAndAreNotCounted() {
    Standing known = answering(Optional.of(rise()));
    Standing hidden = withFault(known);
    Row row = Row.of(watched("hidden", hidden));
    assertThat(row.old()).isTrue();
    assertThat(row.at()).startsWith("2026-11-26T10:00:00");
    assertThat(Row.of(watched("known", known)).old()).isFalse();
    Totals none = Totals.of(List.of(row));
    assertThat(List.of(none.answeringText(), none.troubledText(), none.deviatingText()))
        .containsOnly("–");
    assertThat(Totals.of(List.of(row, Row.of(watched("known", known)))).answeringText())
        .isEqualTo("1");
  }

  @Test
  void aChangeThatTooFewBurstsShowIsBeingChecked() {
    Optional<Suspicion> slower =
        Optional.of(new Suspicion(Suspicion.Kind.RISE, 5 * MILLIS, 85 * MILLIS));
    Health now = Health.of(Optional.of(at(85 * MILLIS, Optional.empty())), slower);
    assertThat(now)
        .isEqualTo(
            new Health(
                "Being checked",
                "checked",
                "The newest burst took 85.0 ms instead of 5.00 ms; the next ones decide."));
    assertThat(now.mood()).isIn(Health.ANSWERING).isNotIn(Health.TROUBLED);
    Optional<Suspicion> back =
        Optional.of(new Suspicion(Suspicion.Kind.RETURN, 5 * MILLIS, 6 * MILLIS));
    assertThat(Health.of(Optional.of(answering(Optional.of(rise()))), back).why())
        .isEqualTo(
            "The newest burst took 6.00 ms, near the 5.00 ms of before; the next ones decide.");
    assertThat(Health.of(Optional.of(answering(Optional.of(of(Deviating.Kind.LOSS)))), slower))
        .extracting(Health::word)
        .isEqualTo("Lossy");
  }

  @Test
  void oneThatAnswersAsUsualIsGood() {
    assertThat(health(answering(Optional.empty())).mood()).isEqualTo("good");
  }

  @Test
  void whyProbesWereLostIsToldByWhomAndHow() {
    List<LossReason> losses =
        List.of(
            new LossReason(
                SENT - 2, InetAddress.ofLiteral("10.0.0.1"), Optional.of(new Refusal(3, 13))),
            new LossReason(1, InetAddress.ofLiteral("10.0.0.9"), Optional.empty()));
    Standing refused = standing(0, Optional.empty(), losses, Optional.empty());
    String reasons =
        "8 refused by 10.0.0.1, prohibited by a filter (ICMP type 3 code 13);"
            + " 1 answered by 10.0.0.9; 1 without an answer";
    assertThat(health(refused).why())
        .isEqualTo("None of the newest burst's probes was answered: " + reasons + ".");
    assertThat(new Reasons(refused, Optional.empty(), AT).all().getFirst().sub())
        .isEqualTo("10 of 10 lost: " + reasons);
    assertThat(new Reasons(silent(), Optional.empty(), AT).all().getFirst().sub())
        .isEqualTo("10 of 10 lost: 10 without an answer");
    assertThat(health(silent()).why()).isEqualTo("None of the newest burst's probes was answered.");
  }

  @Test
  void whatDeviatesStandsBeforeWhatAnswersAndAfterWhatDoesNot() {
    ShownTargetState good = watched("good", answering(Optional.empty()));
    ShownTargetState slow = watched("slow", answering(Optional.of(rise())));
    ShownTargetState bad = watched("bad", silent());
    assertThat(Stream.of(good, slow, bad).sorted(Order.STATE.comparator(false)))
        .containsExactly(bad, slow, good);
  }

  @Test
  void totalsCountWhatDeviatesAsTroubleAndKnowTheNewestBurst() {
    List<Row> rows =
        Stream.of(
                watched("good", answering(Optional.empty())),
                watched("slow", answering(Optional.of(rise()))),
                watched("bad", silent()))
            .map(Row::of)
            .toList();
    assertThat(Totals.of(rows)).isEqualTo(new Totals(2, 2, 1, "5.00", AT.toString(), false));
    assertThat(ScriptJson.of(Totals.of(rows)))
        .isEqualTo(
            "{\"answering\":2,\"troubled\":2,\"deviating\":1,\"middle\":\"5.00\",\"newest\":\"2026-11-26T10:00:00Z\",\"unseen\":false}");
    assertThat(ScriptJson.of(rows)).contains("\"deviating\":true");
    assertThat(Totals.of(List.of())).isEqualTo(new Totals(0, 0, 0, "–", null, false));
  }

  private static Deviating rise() {
    return of(Deviating.Kind.DELAY_RISE);
  }

  private static Deviating settled(Deviating.Kind kind) {
    return of(kind, true);
  }

  private static Deviating of(Deviating.Kind kind) {
    return of(kind, false);
  }

  private static Deviating of(Deviating.Kind kind, boolean settled) {
    return new Deviating(
        "nyse",
        FROM,
        Protocol.ICMP,
        ADDRESS,
        kind,
        AT,
        settled,
        OptionalLong.of(5 * MILLIS),
        OptionalLong.of(85 * MILLIS),
        OptionalDouble.of(0),
        OptionalDouble.of(0.2));
  }

  private static Standing answering(Optional<Deviating> deviation) {
    return at(5 * MILLIS, deviation);
  }

  private static Standing at(long nanos, Optional<Deviating> deviation) {
    List<ProbeOutcome> answers =
        Stream.<ProbeOutcome>generate(() -> new ProbeOutcome.Replied(ADDRESS, nanos))
            .limit(SENT)
            .toList();
    return standing(SENT, DelaySummary.of(answers), deviation);
  }

  private static Standing silent() {
    return standing(0, Optional.empty(), Optional.empty());
  }

  private static Standing standing(
      int received, Optional<DelaySummary> delays, Optional<Deviating> deviation) {
    return standing(received, delays, List.of(), deviation);
  }

  private static Standing standing(
      int received,
      Optional<DelaySummary> delays,
      List<LossReason> losses,
      Optional<Deviating> deviation) {
    return new Standing(
        "nyse",
        FROM,
        Optional.of(
            new BurstSample(
                AT, Protocol.ICMP, ProbeMode.RAW, ADDRESS, SENT, received, 0, delays, losses)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        deviation);
  }

  private static Standing withFault(Standing known) {
    return new Standing(
        known.targetId(),
        known.vantagePoint(),
        known.burst(),
        known.trace(),
        known.lastHour(),
        known.unresolved(),
        false,
        Optional.of("not measured from here: no target answers any more"),
        Optional.empty());
  }

  private static ShownTargetState watched(String id, Standing standing) {
    return new ShownTargetState(
        RecordOf.CATALOGUE,
        id,
        id,
        id + ".example",
        "exchange",
        "Exchanges",
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.of(standing),
        Optional.empty());
  }

  private static Health health(Standing standing) {
    return Health.of(Optional.of(standing), Optional.empty());
  }
}
