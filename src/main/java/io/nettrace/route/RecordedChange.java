package io.nettrace.route;

import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A change of route as the record holds it.
 *
 * @param pathBefore addresses by distance; an empty list is a silent hop
 * @param asPathBefore autonomous systems in order, as far as they were known when it was recorded
 * @param effect empty until enough was seen after the change
 * @param position where it stands among all changes
 */
public record RecordedChange(
    String targetId,
    String host,
    String vantagePoint,
    boolean simulated,
    Instant observedAt,
    Instant confirmedAt,
    Instant knownAt,
    Protocol method,
    ProbeMode mode,
    InetAddress address,
    RouteChange.Kind kind,
    String hashBefore,
    String hashAfter,
    List<List<String>> pathBefore,
    List<List<String>> pathAfter,
    List<Long> asPathBefore,
    List<Long> asPathAfter,
    OptionalLong rttNanosBefore,
    OptionalLong rttNanosAfter,
    Optional<ChangeEffect> effect,
    EventPosition position) {}
