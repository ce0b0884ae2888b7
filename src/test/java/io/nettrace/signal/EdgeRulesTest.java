package io.nettrace.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.catalog.Category;
import io.nettrace.catalog.Target;
import io.nettrace.catalog.Venue;
import io.nettrace.geo.Confidence;
import io.nettrace.geo.Place;
import io.nettrace.geo.Whereabouts;
import io.nettrace.metric.Protocol;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class EdgeRulesTest {
  private static final Place NEWARK = Place.of("Newark", "US", 40.74, -74.17);
  private static final Venue TOKYO = new Venue("Tokyo", "JP", 35.69, 139.69);
  private static final int TOKYO_FLOOR_MILLIS = 108;
  private final EdgeRules rules = new EdgeRules(FrontNetworks.shipped());

  @Test
  void withoutEvidenceItIsUnknown() {
    EdgeVerdict verdict = rules.judge(facts(OptionalLong.empty(), "", 1, 300, 0, 200));
    assertThat(verdict.kind()).isEqualTo(EdgeVerdict.Kind.UNKNOWN);
  }

  @Test
  void anAddressOfAContentNetworkIsAnEdge() {
    EdgeVerdict verdict =
        rules.judge(facts(OptionalLong.of(13_335), "CLOUDFLARENET", 1, 300, 0, 200));
    assertThat(verdict.kind()).isEqualTo(EdgeVerdict.Kind.EDGE);
    assertThat(verdict.evidence())
        .anySatisfy(
            evidence -> {
              assertThat(evidence.source()).isEqualTo(EdgeVerdict.Source.ASN);
              assertThat(evidence.finding()).contains("AS13335").contains("Cloudflare");
            });
  }

  @Test
  void anAnswerSoonerThanLightReachesTheVenueIsAnEdge() {
    EdgeVerdict verdict =
        rules.judge(facts(OptionalLong.empty(), "", 1, 300, 0, TOKYO_FLOOR_MILLIS / 10));
    assertThat(verdict.kind()).isEqualTo(EdgeVerdict.Kind.EDGE);
  }

  @Test
  void theOperatorsOwnNetworkIsAnOriginUnlessSomethingSpeaksForAnEdge() {
    assertThat(rules.judge(facts(OptionalLong.of(64_512), "Binance Ltd", 1, 300, 0, 150)).kind())
        .isEqualTo(EdgeVerdict.Kind.ORIGIN);
    assertThat(rules.judge(facts(OptionalLong.of(64_512), "Binance Ltd", 4, 30, 0, 150)).kind())
        .isEqualTo(EdgeVerdict.Kind.UNKNOWN);
    assertThat(rules.judge(facts(OptionalLong.of(64_512), "Binance Ltd", 4, 30, 0, 5)).kind())
        .isEqualTo(EdgeVerdict.Kind.EDGE);
  }

  @Test
  void aDelayThatFitsTheVenueAloneIsNoProof() {
    EdgeVerdict verdict = rules.judge(facts(OptionalLong.of(64_512), "Rented", 1, 300, 0, 150));
    assertThat(verdict.kind()).isEqualTo(EdgeVerdict.Kind.UNKNOWN);
    assertThat(verdict.evidence())
        .extracting(EdgeVerdict.Evidence::speaksFor)
        .containsExactly(EdgeVerdict.Kind.ORIGIN);
  }

  @Test
  void manyShortLivedAddressesThatKeepMovingAreAnEdgeButEachAloneIsNot() {
    assertThat(rules.judge(facts(OptionalLong.empty(), "", 8, 30, 12, 400)).kind())
        .isEqualTo(EdgeVerdict.Kind.EDGE);
    assertThat(rules.judge(facts(OptionalLong.empty(), "", 8, 30, 0, 400)).kind())
        .isEqualTo(EdgeVerdict.Kind.UNKNOWN);
    assertThat(rules.judge(facts(OptionalLong.empty(), "", 1, 30, 12, 400)).kind())
        .isEqualTo(EdgeVerdict.Kind.UNKNOWN);
  }

  private static EdgeFacts facts(
      OptionalLong asn, String asName, int addresses, int ttlSeconds, int moves, long rttMillis) {
    return new EdgeFacts(
        new Target(
            "binance",
            "Binance",
            "api.binance.com",
            Category.CRYPTO,
            "Binance",
            443,
            List.of(Protocol.ICMP),
            Optional.of(TOKYO)),
        new Whereabouts(
            InetAddress.ofLiteral("192.0.2.1"),
            Optional.empty(),
            asn,
            Optional.of(asName).filter(name -> !name.isEmpty()),
            Optional.empty(),
            Optional.empty(),
            Confidence.NONE,
            "no source knows a place",
            Optional.empty()),
        Optional.of(NEWARK),
        addresses,
        Optional.of(Duration.ofSeconds(ttlSeconds)),
        moves,
        OptionalLong.of(rttMillis * 1_000_000));
  }
}
