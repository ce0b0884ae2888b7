package io.nettrace.route;

import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * A change of route as the record holds it.
 *
 * @param pathBefore addresses by distance; an empty list is a silent hop
 */
public record RecordedChange(
    Instant observedAt,
    Instant confirmedAt,
    Protocol method,
    ProbeMode mode,
    InetAddress address,
    RouteChange.Kind kind,
    String hashBefore,
    String hashAfter,
    List<List<String>> pathBefore,
    List<List<String>> pathAfter,
    OptionalLong rttNanosBefore,
    OptionalLong rttNanosAfter) {}
