package io.nettrace.signal;

import io.nettrace.catalog.Target;
import io.nettrace.catalog.Targets;
import io.nettrace.geo.Place;
import io.nettrace.geo.Places;
import io.nettrace.metric.DelaySummary;
import io.nettrace.platform.Columns;
import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.route.EdgeMove;
import io.nettrace.route.EdgeMoves;
import io.nettrace.route.EventRange;
import io.nettrace.sample.Aggregate;
import io.nettrace.sample.BurstSample;
import io.nettrace.sample.History;
import io.nettrace.sample.Latest;
import io.nettrace.sample.Selection;
import io.nettrace.sample.Standing;
import io.nettrace.scan.VantagePoint;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Says of the address that is measured for a target whether it is the service or a front of it. */
@Service
public class EdgeVerdicts {
  private static final Duration REACH = Duration.ofDays(1);
  private static final int MOST_MOVES = 100;

  private static final Sql NEWEST_ANSWER =
      Sql.of(
          """
          select cardinality(addresses) as addresses, ttl_seconds from catalog.answer_sets
          where target_id = :target_id and vantage_point = :vantage_point and failure is null
          order by observed_at desc limit 1
          """);

  private record Answer(int addresses, Optional<Duration> ttl) {}

  private final Database database;
  private final Latest latest;
  private final History history;
  private final EdgeMoves moves;
  private final Places places;
  private final Targets targets;
  private final EdgeRules rules = new EdgeRules(FrontNetworks.shipped());

  @Inject
  EdgeVerdicts(
      Database database,
      Latest latest,
      History history,
      EdgeMoves moves,
      Places places,
      Targets targets) {
    this.database = database;
    this.latest = latest;
    this.history = history;
    this.moves = moves;
    this.places = places;
    this.targets = targets;
  }

  /** The verdict on the address that was probed last; empty when none ever was. */
  public Optional<EdgeVerdict> of(String targetId, VantagePoint from) {
    Optional<BurstSample> newest =
        latest.snapshot().standing(targetId, from).flatMap(Standing::burst);
    return newest.flatMap(
        burst -> targets.byId(targetId).map(target -> rules.judge(facts(target, from, burst))));
  }

  private EdgeFacts facts(Target target, VantagePoint from, BurstSample newest) {
    Instant end = newest.observedAt().plusSeconds(1);
    List<EdgeMove> moved = moves(target, from, end);
    Instant start =
        moved.stream()
            .filter(move -> move.kind() == EdgeMove.Kind.PROBED_ADDRESS)
            .map(EdgeMove::observedAt)
            .max(Instant::compareTo)
            .orElse(end.minus(REACH));
    Selection since = new Selection(target.id(), from.name(), start, end);
    OptionalLong minRtt = least(history.summary(since, Optional.empty()), newest);
    Optional<Place> vantage = places.vantagePlace(from.simulated());
    Answer answer = answer(target, from);
    return new EdgeFacts(
        target,
        places.describe(newest.address(), vantage, minRtt, from.simulated()),
        vantage,
        answer.addresses(),
        answer.ttl(),
        moved.size(),
        minRtt);
  }

  private List<EdgeMove> moves(Target target, VantagePoint from, Instant end) {
    EventRange day =
        new EventRange(Optional.of(target.id()), Optional.of(from.name()), end.minus(REACH), end);
    return moves.list(day, Optional.empty(), MOST_MOVES);
  }

  private static OptionalLong least(Optional<Aggregate> all, BurstSample newest) {
    OptionalLong whole = all.map(Aggregate::minNanos).orElse(OptionalLong.empty());
    return whole.isPresent()
        ? whole
        : newest
            .delays()
            .map(DelaySummary::minNanos)
            .map(OptionalLong::of)
            .orElse(OptionalLong.empty());
  }

  private Answer answer(Target target, VantagePoint from) {
    Sql query = NEWEST_ANSWER.bind("target_id", target.id()).bind("vantage_point", from.name());
    return database
        .run(connection -> query.first(connection, EdgeVerdicts::answer))
        .orElseGet(() -> new Answer(0, Optional.empty()));
  }

  private static Answer answer(ResultSet row) throws SQLException {
    OptionalLong ttl = Columns.number(row, "ttl_seconds");
    return new Answer(
        row.getInt("addresses"),
        ttl.isPresent() ? Optional.of(Duration.ofSeconds(ttl.getAsLong())) : Optional.empty());
  }
}
