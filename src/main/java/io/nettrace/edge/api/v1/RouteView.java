package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.ConstantNames;
import io.nettrace.metric.AddressText;
import io.nettrace.signal.EdgeVerdict;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The route to a target: its newest trace, the newest one kept hop by hop (or the one in force at
 * {@code at}), the change that brought it, and what stands at its end.
 */
record RouteView(
    String host,
    String targetId,
    String vantagePoint,
    boolean simulated,
    @Nullable Instant at,
    @Nullable PathView path,
    HopViews.@Nullable HopsView snapshot,
    @Nullable ChangeView lastChange,
    @Nullable VerdictView endpoint) {

  /** Whether the address is the service itself or a front of it, and what speaks for that. */
  record VerdictView(String address, String verdict, List<EvidenceView> evidence) {
    static VerdictView of(EdgeVerdict verdict) {
      return new VerdictView(
          AddressText.of(verdict.address()),
          ConstantNames.of(verdict.kind()),
          verdict.evidence().stream().map(EvidenceView::of).toList());
    }
  }

  /** One observation. */
  record EvidenceView(String source, String speaksFor, String finding) {
    static EvidenceView of(EdgeVerdict.Evidence evidence) {
      return new EvidenceView(
          ConstantNames.of(evidence.source()),
          ConstantNames.of(evidence.speaksFor()),
          evidence.finding());
    }
  }
}
