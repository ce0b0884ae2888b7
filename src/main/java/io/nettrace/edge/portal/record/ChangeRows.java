package io.nettrace.edge.portal.record;

import io.nettrace.edge.portal.Visit;
import io.nettrace.platform.Service;
import io.nettrace.route.EdgeMoves;
import io.nettrace.route.EventPosition;
import io.nettrace.route.EventRange;
import io.nettrace.route.RouteChanges;
import io.nettrace.signal.Deviations;
import io.nettrace.signal.VantageEvents;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What happened on the ways to the targets that a visitor sees. */
@Service
public class ChangeRows {
  /** All kinds. */
  static final Set<String> ALL =
      Set.of(ChangeRow.ROUTE, ChangeRow.DEVIATION, ChangeRow.MOVE, ChangeRow.FAULT);

  private static final Comparator<ChangeRow> NEWEST_FIRST =
      Comparator.comparing(ChangeRow::at)
          .thenComparing(ChangeRow::type)
          .thenComparing(happening -> happening.position().key())
          .reversed();

  private final Board board;
  private final RouteChanges changes;
  private final Deviations deviations;
  private final EdgeMoves moves;
  private final VantageEvents faults;

  @Inject
  ChangeRows(
      Board board,
      RouteChanges changes,
      Deviations deviations,
      EdgeMoves moves,
      VantageEvents faults) {
    this.board = board;
    this.changes = changes;
    this.deviations = deviations;
    this.moves = moves;
    this.faults = faults;
  }

  /**
   * Those of a range, the newest first.
   *
   * @param most of each kind and record that are looked at, from the start of the range on
   */
  List<ChangeRow> in(Visit visit, EventRange range, Set<String> types, int most) {
    return board.records(visit).stream()
        .map(range::in)
        .flatMap(each -> each(each, types, most))
        .sorted(NEWEST_FIRST)
        .toList();
  }

  /** Those of all targets since then, the newest first. */
  List<ChangeRow> since(Visit visit, Instant start, Instant end, int most) {
    return in(visit, new EventRange(Optional.empty(), Optional.empty(), start, end), ALL, most);
  }

  private Stream<ChangeRow> each(EventRange range, Set<String> types, int most) {
    Optional<EventPosition> first = Optional.empty();
    Stream<ChangeRow> routes =
        types.contains(ChangeRow.ROUTE)
            ? changes.list(range, first, most).stream().map(ChangeRow::of)
            : Stream.empty();
    Stream<ChangeRow> levels =
        types.contains(ChangeRow.DEVIATION)
            ? deviations.list(range, first, most).stream().map(ChangeRow::of)
            : Stream.empty();
    Stream<ChangeRow> addresses =
        types.contains(ChangeRow.MOVE)
            ? moves.list(range, first, most).stream().map(ChangeRow::of)
            : Stream.empty();
    Stream<ChangeRow> own =
        types.contains(ChangeRow.FAULT)
            ? faults.list(range, first, most).stream().map(ChangeRow::of)
            : Stream.empty();
    return Stream.of(routes, levels, addresses, own).flatMap(stream -> stream);
  }
}
