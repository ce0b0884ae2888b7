package io.nettrace.route;

import io.nettrace.geo.Origins;
import io.nettrace.metric.AnswerSet;
import io.nettrace.scan.AcceptedScan;
import io.nettrace.scan.Recording;
import io.nettrace.scanner.Resolution;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Compares each new answer of the name service with the one before it, in the transaction that
 * stores it. The scanner tells an answer when it is the first after a start or differs from the
 * last, so an answer that is the same as before is no move. Neither is one that only deals known
 * addresses anew behind the same probed one, as large pools do all day.
 */
final class EdgeMoveRecorder {
  private static final Duration REMEMBERED = Duration.ofDays(7);
  private static final int MOST_ANSWERS = 500;

  private static final String EARLIER =
      """
      select addresses::text[] from answer_sets
      where target_id = ? and vantage_point = ? and observed_at >= ? and observed_at < ?
        and failure is null
      order by observed_at desc limit ?
      """;

  private static final String ADD =
      """
      insert into edge_moves
        (observed_at, target_id, vantage_point, target_host, simulated, known_at, kind,
         addresses_before, addresses_after, asn_before, asn_after, returned)
      values (?, ?, ?, ?, ?, ?, ?, ?::inet[], ?::inet[], ?, ?, ?)
      on conflict do nothing
      """;

  private final Recording recording;
  private final Origins origins;

  /** Answers of this scan, which are not in the record yet; the newest first. */
  private final Map<String, List<List<InetAddress>>> fresh = new HashMap<>();

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
    boolean moved = false;
    for (Resolution.Resolved resolved : answers) {
      moved |= compare(resolved.targetId(), resolved.answers());
    }
    return moved;
  }

  private boolean compare(String targetId, AnswerSet answer) throws SQLException {
    List<List<InetAddress>> earlier = new ArrayList<>(fresh.getOrDefault(targetId, List.of()));
    earlier.addAll(recorded(targetId, answer.resolvedAt()));
    List<InetAddress> after = answer.addresses();
    boolean moved = !earlier.isEmpty() && isMove(earlier, after);
    if (moved) {
      add(targetId, answer, earlier);
    }
    fresh.computeIfAbsent(targetId, _ -> new ArrayList<>()).addFirst(after);
    return moved;
  }

  /** Another address is probed, or there is one that no answer had before. */
  private static boolean isMove(List<List<InetAddress>> earlier, List<InetAddress> after) {
    return !earlier.getFirst().getFirst().equals(after.getFirst())
        || !after.stream()
            .allMatch(address -> earlier.stream().anyMatch(known -> known.contains(address)));
  }

  private List<List<InetAddress>> recorded(String targetId, Instant before) throws SQLException {
    Connection transaction = recording.connection();
    try (PreparedStatement query = transaction.prepareStatement(EARLIER)) {
      query.setString(1, targetId);
      query.setString(2, recording.scan().vantagePoint().name());
      query.setObject(3, before.minus(REMEMBERED).atOffset(ZoneOffset.UTC));
      query.setObject(4, before.atOffset(ZoneOffset.UTC));
      query.setInt(5, MOST_ANSWERS);
      List<List<InetAddress>> answers = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          answers.add(EdgeMoves.addresses((String[]) row.getArray(1).getArray()));
        }
      }
      return answers;
    }
  }

  private void add(String targetId, AnswerSet answer, List<List<InetAddress>> earlier)
      throws SQLException {
    AcceptedScan scan = recording.scan();
    List<InetAddress> before = earlier.getFirst();
    InetAddress probed = answer.addresses().getFirst();
    boolean moved = !before.getFirst().equals(probed);
    EdgeMove.Kind kind = moved ? EdgeMove.Kind.PROBED_ADDRESS : EdgeMove.Kind.ANSWER_SET;
    Connection transaction = recording.connection();
    try (PreparedStatement insert = transaction.prepareStatement(ADD)) {
      insert.setObject(1, answer.resolvedAt().atOffset(ZoneOffset.UTC));
      insert.setString(2, targetId);
      insert.setString(3, scan.vantagePoint().name());
      insert.setString(4, answer.host());
      insert.setBoolean(5, scan.vantagePoint().simulated());
      insert.setObject(6, scan.knownAt().atOffset(ZoneOffset.UTC));
      insert.setString(7, kind.name());
      insert.setArray(8, transaction.createArrayOf("text", texts(before)));
      insert.setArray(9, transaction.createArrayOf("text", texts(answer.addresses())));
      set(insert, 10, origins.asn(before.getFirst()));
      set(insert, 11, origins.asn(probed));
      insert.setBoolean(12, earlier.stream().anyMatch(answers -> answers.contains(probed)));
      insert.executeUpdate();
    }
  }

  private static Object[] texts(List<InetAddress> addresses) {
    return addresses.stream().map(InetAddress::getHostAddress).toArray();
  }

  private static void set(PreparedStatement insert, int index, OptionalLong asn)
      throws SQLException {
    if (asn.isPresent()) {
      insert.setLong(index, asn.getAsLong());
    } else {
      insert.setNull(index, Types.BIGINT);
    }
  }
}
