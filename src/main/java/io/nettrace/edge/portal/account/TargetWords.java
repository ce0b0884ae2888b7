package io.nettrace.edge.portal.account;

import io.nettrace.catalog.TargetOutcome;
import java.util.stream.Collectors;

/** Why a target is not added or changed, in words. */
final class TargetWords {
  private TargetWords() {}

  static String of(TargetOutcome outcome) {
    return switch (outcome) {
      case TargetOutcome.Exceeds(var limit, long allowed, long wanted) ->
          switch (limit) {
            case COUNT -> "your plan has %,d targets of your own".formatted(allowed);
            case INTERVAL -> "your plan measures every %d s at most".formatted(allowed);
            case PACKETS_PER_MINUTE ->
                "your plan has %,d packets a minute, and your targets would take %,d; measure some less often"
                    .formatted(allowed, wanted);
          };
      case TargetOutcome.Duplicate(String host, int port) ->
          "you have one with host %s and port %d".formatted(host, port);
      case TargetOutcome.Stale _ -> "it was changed meanwhile; look at it and save again";
      case TargetOutcome.Invalid(var wrong) ->
          wrong.stream()
              .map(fault -> fault.field() + ": " + fault.reason())
              .collect(Collectors.joining("; "));
      case TargetOutcome.Missing _, TargetOutcome.Saved _, TargetOutcome.Removed _ -> "";
    };
  }
}
