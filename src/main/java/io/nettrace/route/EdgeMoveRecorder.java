package io.nettrace.route;

import io.nettrace.geo.Origins;
import io.nettrace.metric.AnswerSet;
import io.nettrace.platform.Columns;
import io.nettrace.platform.Sql;
import io.nettrace.scan.AcceptedScan;
import io.nettrace.scan.Recording;
import io.nettrace.scan.VantagePoint;
import io.nettrace.scanner.Resolution;
import java.net.InetAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares each new answer of the name service with the one before it, in the transaction that
 * stores it. The scanner tells an answer when it is the first after a start or differs from the
 * last, so an answer that is the same as before is no move. Neither is one that only deals known
 * addresses anew behind the same probed one, as large pools do all day.
 */
final class EdgeMoveRecorder {
  private static final Duration REMEMBERED = Duration.ofDays(7);
  private static final int MOST_ANSWERS = 500;

  /** For each of the answers asked for, in their order, those before it. */
  private static final Sql EARLIER =
      Sql.of(
          """
          select newest::text[] as newest, addresses::text[] as addresses
          from unnest(:target_ids::text[], :since::timestamptz[], :before::timestamptz[])
            with ordinality as asked (target_id, since, before, place)
          cross join lateral (
            with earlier as (
              select a.observed_at, a.addresses from answer_sets a
              where a.target_id = asked.target_id and a.vantage_point = :vantage_point
                and a.observed_at >= asked.since and a.observed_at < asked.before
                and a.failure is null
              order by a.observed_at desc limit :most)
            select
              (select e.addresses from earlier e order by e.observed_at desc limit 1) as newest,
              array(select distinct unnest(e.addresses) from earlier e) as addresses) found
          order by place
          """);

  private static final Sql ADD =
      Sql.of(
          """
          insert into edge_moves
            (observed_at, target_id, vantage_point, target_host, simulated, known_at, kind,
             addresses_before, addresses_after, asn_before, asn_after, returned)
          values (:observed_at, :target_id, :vantage_point, :target_host, :simulated, :known_at,
            :kind, :addresses_before::inet[], :addresses_after::inet[], :asn_before, :asn_after,
            :returned)
          on conflict do nothing
          """);

  private final Recording recording;
  private final Origins origins;

  /** Answers of this scan, which are not in the record yet. */
  private final Map<String, Earlier> fresh = new HashMap<>();

  /**
   * The answers of the last days before one.
   *
   * @param newest the newest of them; empty when there are none
   * @param addresses all of theirs
   */
  private record Earlier(List<InetAddress> newest, Set<InetAddress> addresses) {
    static final Earlier NONE = new Earlier(List.of(), Set.of());

    /** These, and the older ones before them. */
    Earlier after(Earlier older) {
      Set<InetAddress> all = new HashSet<>(addresses);
      all.addAll(older.addresses);
      return new Earlier(newest.isEmpty() ? older.newest : newest, all);
    }

    EdgeMove.Kind kind(AnswerSet now) {
      return newest.getFirst().equals(now.addresses().getFirst())
          ? EdgeMove.Kind.ANSWER_SET
          : EdgeMove.Kind.PROBED_ADDRESS;
    }

    /** Another address is probed now, or there is one that no answer had before. */
    boolean isLeftBy(List<InetAddress> now) {
      return !newest.isEmpty()
          && (!newest.getFirst().equals(now.getFirst()) || !addresses.containsAll(now));
    }
  }

  EdgeMoveRecorder(Recording recording, Origins origins) {
    this.recording = recording;
    this.origins = origins;
  }

  /** True when there was a move. */
  boolean record() throws SQLException {
    List<Resolution.Resolved> answers =
        recording.scan().resolutions().stream()
            .filter(Resolution.Resolved.class::isInstance)
            .map(Resolution.Resolved.class::cast)
            .sorted(Comparator.comparing(resolved -> resolved.answers().resolvedAt()))
            .toList();
    if (answers.isEmpty()) {
      return false;
    }
    List<Earlier> recorded = recorded(answers);
    List<Sql> moves = new ArrayList<>();
    List<EdgeMoved> events = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      String targetId = answers.get(i).targetId();
      AnswerSet answer = answers.get(i).answers();
      Earlier inScan = fresh.getOrDefault(targetId, Earlier.NONE);
      Earlier earlier = inScan.after(recorded.get(i));
      if (earlier.isLeftBy(answer.addresses())) {
        moves.add(move(targetId, answer, earlier));
        events.add(event(targetId, answer, earlier));
      }
      fresh.put(
          targetId, new Earlier(answer.addresses(), Set.copyOf(answer.addresses())).after(inScan));
    }
    Sql.batch(recording.connection(), moves);
    for (EdgeMoved event : events) {
      recording.publish(event);
    }
    return !moves.isEmpty();
  }

  /** What the record holds from before each answer. */
  private List<Earlier> recorded(List<Resolution.Resolved> answers) throws SQLException {
    List<Instant> times = answers.stream().map(one -> one.answers().resolvedAt()).toList();
    return EARLIER
        .bindArray(
            "target_ids", "text", answers.stream().map(Resolution.Resolved::targetId).toList())
        .bindArray(
            "since", "timestamptz", times.stream().map(time -> time.minus(REMEMBERED)).toList())
        .bindArray("before", "timestamptz", times)
        .bind("vantage_point", recording.scan().vantagePoint().name())
        .bind("most", MOST_ANSWERS)
        .all(
            recording.connection(),
            row ->
                new Earlier(
                    EdgeMoves.addresses(Columns.texts(row, "newest")),
                    Set.copyOf(EdgeMoves.addresses(Columns.texts(row, "addresses")))));
  }

  /** The statement that records a move. */
  private Sql move(String targetId, AnswerSet answer, Earlier earlier) {
    AcceptedScan scan = recording.scan();
    InetAddress before = earlier.newest().getFirst();
    InetAddress probed = answer.addresses().getFirst();
    return ADD.bind("observed_at", answer.resolvedAt())
        .bind("target_id", targetId)
        .bind("vantage_point", scan.vantagePoint().name())
        .bind("target_host", answer.host())
        .bind("simulated", scan.vantagePoint().simulated())
        .bind("known_at", scan.knownAt())
        .bind("kind", earlier.kind(answer))
        .bindArray("addresses_before", "text", texts(earlier.newest()))
        .bindArray("addresses_after", "text", texts(answer.addresses()))
        .bind("asn_before", origins.asn(before))
        .bind("asn_after", origins.asn(probed))
        .bind("returned", earlier.addresses().contains(probed));
  }

  private EdgeMoved event(String targetId, AnswerSet answer, Earlier earlier) {
    VantagePoint from = recording.scan().vantagePoint();
    return new EdgeMoved(
        recording.tenant(),
        from.name(),
        from.simulated(),
        targetId,
        answer.host(),
        earlier.kind(answer),
        answer.resolvedAt(),
        texts(earlier.newest()),
        texts(answer.addresses()),
        earlier.addresses().contains(answer.addresses().getFirst()));
  }

  private static List<String> texts(List<InetAddress> addresses) {
    return addresses.stream().map(InetAddress::getHostAddress).toList();
  }
}
