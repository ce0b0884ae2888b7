package io.nettrace.edge.api.http;

import io.nettrace.sample.DefaultVantagePoints;
import io.nettrace.scan.VantagePoint;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Optional;

/**
 * What an answer says in its headers, whatever its format: the vantage point that was meant where
 * none was named, and why it is another than the one that was set.
 */
public class AnswerNotes {
  static final String VANTAGE_POINT = "NetTrace-Vantage-Point";
  static final String NOTICE = "NetTrace-Notice";

  private Optional<String> vantagePoint = Optional.empty();
  private Optional<String> notice = Optional.empty();

  /** Keeps what was meant. */
  public void tell(DefaultVantagePoints.Meant meant) {
    vantagePoint = meant.vantagePoint().map(VantagePoint::name);
    notice = meant.notice();
  }

  void put(MultivaluedMap<String, Object> headers) {
    vantagePoint.ifPresent(
        name -> {
          headers.putSingle(VANTAGE_POINT, name);
          // another default may be set tomorrow
          headers.replace(
              "Cache-Control", List.of(CachedAnswer.IMMUTABLE), List.of(CachedAnswer.PAST));
        });
    notice.ifPresent(text -> headers.putSingle(NOTICE, text));
  }
}
