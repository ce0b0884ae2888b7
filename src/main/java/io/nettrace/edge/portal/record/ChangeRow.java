package io.nettrace.edge.portal.record;

import io.nettrace.edge.portal.DisplayFormat;
import io.nettrace.metric.AddressText;
import io.nettrace.route.ChangeEffect;
import io.nettrace.route.EdgeMove;
import io.nettrace.route.EventPosition;
import io.nettrace.route.RecordedChange;
import io.nettrace.scanner.OwnFault;
import io.nettrace.signal.Deviation;
import io.nettrace.signal.VantageEvent;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Something that happened on the way to a target, or to a vantage point, in words.
 *
 * @param targetId empty when it happened to a vantage point, whose name then stands for the host
 * @param type a word for addresses
 * @param what one short sentence
 * @param detail the evidence; empty when there is none yet
 * @param before delay before it in nanoseconds, {@code after} the delay since
 * @param lasting whether it goes on
 */
public record ChangeRow(
    String type,
    String label,
    Instant at,
    String targetId,
    String host,
    String vantagePoint,
    String what,
    String detail,
    OptionalLong before,
    OptionalLong after,
    boolean lasting,
    EventPosition position) {
  static final String ROUTE = "route_change";
  static final String DEVIATION = "deviation";
  static final String MOVE = "edge_move";
  static final String FAULT = "vantage_fault";

  static ChangeRow of(RecordedChange change) {
    Optional<ChangeEffect> effect = change.effect();
    return new ChangeRow(
        ROUTE,
        "Route",
        change.observedAt(),
        change.targetId(),
        change.host(),
        change.vantagePoint(),
        switch (change.kind()) {
          case AS_PATH -> "The path takes other networks";
          case IP_PATH -> "The path takes other routers of the same networks";
          case BALANCED -> "Routers that share the load were exchanged";
        },
        asPath(change),
        effect.map(e -> e.before().rttNanosP50()).orElse(change.rttNanosBefore()),
        effect.map(e -> e.after().rttNanosP50()).orElse(change.rttNanosAfter()),
        false,
        change.position());
  }

  static ChangeRow of(Deviation deviation) {
    return new ChangeRow(
        DEVIATION,
        "Deviation",
        deviation.openedAt(),
        deviation.targetId(),
        deviation.host(),
        deviation.vantagePoint().name(),
        switch (deviation.kind()) {
          case DELAY_RISE -> "Delay rose above what is usual here";
          case DELAY_FALL -> "Delay fell below what is usual here";
          case LOSS -> "Probes are lost";
        },
        ending(deviation) + loss(deviation),
        deviation.rttNanosBaseline(),
        deviation.rttNanosSeen(),
        deviation.closedAt().isEmpty(),
        deviation.position());
  }

  static ChangeRow of(EdgeMove move) {
    return new ChangeRow(
        MOVE,
        "Address",
        move.observedAt(),
        move.targetId(),
        move.host(),
        move.vantagePoint().name(),
        switch (move.kind()) {
          case PROBED_ADDRESS -> "The name leads to another address";
          case ANSWER_SET -> "The name has new addresses";
        },
        addresses(move.before()) + " → " + addresses(move.after()),
        OptionalLong.empty(),
        OptionalLong.empty(),
        false,
        move.position());
  }

  static ChangeRow of(VantageEvent event) {
    OwnFault fault = event.fault();
    String name = event.vantagePoint().name();
    return new ChangeRow(
        FAULT,
        "Vantage point",
        fault.beganAt(),
        "",
        name,
        name,
        switch (fault.kind()) {
          case LINE -> "Its own line was at fault; nothing was measured from there";
          case RESOLVER -> "Its name servers did not answer";
          case CLOCK -> "Its clock is wrong";
        },
        "%s; %s"
            .formatted(
                fault.reason(),
                fault
                    .endedAt()
                    .map(
                        end ->
                            "over after "
                                + DisplayFormat.duration(Duration.between(fault.beganAt(), end)))
                    .orElse("goes on")),
        OptionalLong.empty(),
        OptionalLong.empty(),
        fault.endedAt().isEmpty(),
        event.position());
  }

  /** The same for one event however often it is read, and another for each. */
  public String getName() {
    return "%s-%s-%08x".formatted(type, at.toEpochMilli(), position.key().hashCode());
  }

  /** The change of delay with its sign; empty when either side is unknown. */
  public String getDifference() {
    if (before.isEmpty() || after.isEmpty()) {
      return "";
    }
    return DisplayFormat.difference(after.getAsLong() - before.getAsLong());
  }

  /** Class of the difference: more delay is worse. */
  public String getDirection() {
    if (before.isEmpty() || after.isEmpty()) {
      return "";
    }
    return after.getAsLong() > before.getAsLong() ? "up" : "down";
  }

  public String getBeforeText() {
    return DisplayFormat.millis(before);
  }

  public String getAfterText() {
    return DisplayFormat.millis(after);
  }

  /** Where its target's page is, at the moment it happened; the status of a vantage point. */
  public String getAddress() {
    if (type.equals(FAULT)) {
      return "/status";
    }
    return "/target/" + (targetId.startsWith("ct-") ? targetId : host) + "?at=" + at;
  }

  private static String asPath(RecordedChange change) {
    return change.asPathBefore().equals(change.asPathAfter())
        ? ""
        : "AS " + path(change.asPathBefore()) + " → " + path(change.asPathAfter());
  }

  private static String path(List<Long> systems) {
    return systems.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }

  private static String ending(Deviation deviation) {
    String span =
        deviation
            .closedAt()
            .map(closed -> DisplayFormat.duration(Duration.between(deviation.openedAt(), closed)))
            .orElse("");
    return deviation
        .closing()
        .map(
            closing ->
                switch (closing) {
                  case RETURNED -> "back to usual after " + span;
                  case SETTLED -> "usual since " + span + " later";
                  case ABANDONED -> "no longer measured at this address";
                })
        .orElse("goes on");
  }

  private static String loss(Deviation deviation) {
    OptionalDouble seen = deviation.lossRatioSeen();
    return seen.isPresent() && deviation.kind() == Deviation.Kind.LOSS
        ? ", %s %% lost".formatted(DisplayFormat.percent(seen.getAsDouble()))
        : "";
  }

  private static String addresses(List<InetAddress> all) {
    String first = all.isEmpty() ? "none" : AddressText.of(all.getFirst());
    return all.size() > 1 ? first + " and " + (all.size() - 1) + " more" : first;
  }
}
