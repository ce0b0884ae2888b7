package io.nettrace.edge.portal;

import io.nettrace.scan.VantageFaults;
import io.nettrace.scanner.OwnFault;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A fault of a vantage point that lasts, in the words of every page that shows what is seen from
 * there: {@code what} since {@code since}: {@code reason}.
 *
 * @param hidesTargets whether nothing is measured from there meanwhile
 */
public record OpenFault(String what, Instant since, String reason, boolean hidesTargets) {

  /** Those of one vantage point, one of a kind, what hides targets first. */
  public static List<OpenFault> of(List<VantageFaults.Fault> open, String vantagePoint) {
    List<OpenFault> all = new ArrayList<>();
    for (OwnFault.Kind kind : OwnFault.Kind.values()) {
      open.stream()
          .filter(one -> one.vantagePoint().equals(vantagePoint) && one.fault().kind() == kind)
          .min(Comparator.comparing(one -> one.fault().beganAt()))
          .ifPresent(one -> all.add(of(one)));
    }
    return all;
  }

  private static OpenFault of(VantageFaults.Fault one) {
    OwnFault fault = one.fault();
    return new OpenFault(
        what(fault.kind()).formatted(one.vantagePoint()),
        fault.beganAt().truncatedTo(ChronoUnit.SECONDS),
        fault.reason(),
        one.hidesTargets());
  }

  private static String what(OwnFault.Kind kind) {
    return switch (kind) {
      case LINE -> "The line of %s is down";
      case RESOLVER -> "Names cannot be looked up at %s";
      case CLOCK -> "The clock of %s is wrong";
    };
  }
}
