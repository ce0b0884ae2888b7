package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.BadRequests;
import io.nettrace.edge.api.http.Words;
import io.nettrace.export.Compression;
import io.nettrace.export.ExportOrder;
import io.nettrace.export.Format;
import io.nettrace.scan.VantagePoint;
import io.nettrace.target.Target;
import io.nettrace.target.Targets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a client orders, as it wrote it. Without hosts every target is meant. */
record ExportRequest(
    @Nullable List<String> hosts,
    @Nullable Instant start,
    @Nullable Instant end,
    @Nullable Instant asOf,
    @Nullable String format,
    @Nullable String compression) {

  ExportOrder order(Targets targets, Optional<VantagePoint> from, Clock clock) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Instant begin = start;
    if (begin == null) {
      throw BadRequests.parameter("start", "is needed");
    }
    Instant until = end == null ? now : end;
    Range range = Range.of(begin, until);
    Instant known = asOf == null ? now : asOf;
    if (known.isAfter(now)) {
      throw BadRequests.parameter("as_of", "must not lie in the future");
    }
    List<Target> chosen = targets(targets);
    VantagePoint point = from.orElseThrow(() -> Refusals.notMeasuredYet(chosen.getFirst().host()));
    return new ExportOrder(
        chosen,
        point.name(),
        point.simulated(),
        range.start(),
        range.end(),
        known,
        choice("format", format, Format.class, () -> Format.CSV),
        choice("compression", compression, Compression.class, () -> Compression.ZSTD));
  }

  private List<Target> targets(Targets targets) {
    List<Target> chosen =
        hosts == null
            ? targets.all()
            : hosts.stream().map(host -> target(host, targets)).distinct().toList();
    if (chosen.isEmpty() || chosen.size() > ExportOrder.MOST_TARGETS) {
      throw BadRequests.parameter("hosts", "must be 1 to " + ExportOrder.MOST_TARGETS + " hosts");
    }
    return chosen;
  }

  private static Target target(@Nullable String host, Targets targets) {
    return Optional.ofNullable(host)
        .flatMap(targets::byHost)
        .orElseThrow(() -> Refusals.unknownHost(String.valueOf(host)));
  }

  private static <E extends Enum<E>> E choice(
      String name, @Nullable String word, Class<E> type, Supplier<E> standard) {
    return word == null
        ? standard.get()
        : Words.find(type, word)
            .orElseThrow(
                () ->
                    BadRequests.parameter(
                        name, "must be one of " + String.join(", ", Words.all(type))));
  }
}
