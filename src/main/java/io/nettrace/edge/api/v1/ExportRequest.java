package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.ApiCaller;
import io.nettrace.edge.api.http.BadRequests;
import io.nettrace.edge.api.http.ConstantNames;
import io.nettrace.edge.api.http.RefusalException;
import io.nettrace.export.Compression;
import io.nettrace.export.ExportOrder;
import io.nettrace.export.Format;
import io.nettrace.scan.VantagePoint;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a client orders, as it wrote it. Without hosts everything in the catalogue is meant. */
record ExportRequest(
    @Nullable List<String> hosts,
    @Nullable Instant start,
    @Nullable Instant end,
    @Nullable Instant asOf,
    @Nullable String format,
    @Nullable String compression) {

  ExportOrder order(
      ApiCaller caller, Subjects subjects, Optional<VantagePoint> from, TimeParameters times) {
    Instant now = times.horizon().now().truncatedTo(ChronoUnit.MICROS);
    Instant begin = start;
    if (begin == null) {
      throw BadRequests.parameter("start", "is needed");
    }
    Instant until = end == null ? now : end;
    Range range = Range.of(begin, until);
    times.seen(times.past("start", range.start()));
    Instant _ = times.past("end", range.end());
    Instant known = asOf == null ? now : asOf;
    if (known.isAfter(now)) {
      throw BadRequests.parameter("as_of", "must not lie in the future");
    }
    times.seen(known);
    List<ShownTarget> chosen = targets(caller, subjects);
    VantagePoint point = from.orElseThrow(() -> Refusals.notMeasuredYet(chosen.getFirst().host()));
    return new ExportOrder(
        caller.tenant(),
        chosen.stream()
            .map(one -> new ExportOrder.Item(one.whose(), one.id(), one.host()))
            .toList(),
        point.name(),
        point.simulated(),
        range.start(),
        range.end(),
        known,
        choice("format", format, Format.class, () -> Format.CSV),
        choice("compression", compression, Compression.class, () -> Compression.ZSTD));
  }

  private List<ShownTarget> targets(ApiCaller caller, Subjects subjects) {
    if (hosts != null && hosts.size() > ExportOrder.MOST_TARGETS) {
      throw tooMany();
    }
    List<ShownTarget> chosen =
        hosts == null
            ? subjects.ofCatalogue()
            : hosts.stream()
                .map(host -> subjects.target(caller, String.valueOf(host)))
                .distinct()
                .toList();
    if (chosen.isEmpty() || chosen.size() > ExportOrder.MOST_TARGETS) {
      throw tooMany();
    }
    return chosen;
  }

  private static RefusalException tooMany() {
    return BadRequests.parameter("hosts", "must be 1 to " + ExportOrder.MOST_TARGETS + " hosts");
  }

  private static <E extends Enum<E>> E choice(
      String name, @Nullable String word, Class<E> type, Supplier<E> standard) {
    return word == null
        ? standard.get()
        : ConstantNames.find(type, word)
            .orElseThrow(
                () ->
                    BadRequests.parameter(
                        name, "must be one of " + String.join(", ", ConstantNames.all(type))));
  }
}
