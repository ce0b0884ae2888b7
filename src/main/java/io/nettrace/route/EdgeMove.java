package io.nettrace.route;

import io.nettrace.scan.VantagePoint;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * The name service sent a host's visitors elsewhere: the answer set changed. Whatever delay changed
 * with it is not the work of a route.
 *
 * @param observedAt when the new answer was given
 * @param before all addresses, the probed one first
 * @param after all addresses, the probed one first
 * @param returning the address probed now was among an answer before
 * @param position where it stands among all moves
 */
public record EdgeMove(
    Instant observedAt,
    Instant knownAt,
    String targetId,
    String host,
    VantagePoint vantagePoint,
    Kind kind,
    List<InetAddress> before,
    List<InetAddress> after,
    OptionalLong asnBefore,
    OptionalLong asnAfter,
    boolean returning,
    EventPosition position) {
  public EdgeMove {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /** What moved. */
  public enum Kind {
    /** Another address is probed now. */
    PROBED_ADDRESS,
    /** The same address is probed, and there are others that no answer had before. */
    ANSWER_SET
  }
}
