package io.nettrace.prober.net;

import io.nettrace.metric.Protocol;
import io.nettrace.posix.KernelClock;
import io.nettrace.posix.ReceiveBatch;
import io.nettrace.prober.packet.Reply;
import io.nettrace.prober.packet.Verdict;
import io.nettrace.prober.strategy.Answer;
import io.nettrace.prober.strategy.DropReason;
import io.nettrace.prober.strategy.ProbeEvents;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where decoded replies are held against the probes on their way, and become answers or are dropped
 * for a reason.
 */
final class Arrival {
  private static final int UDP = 17;
  private static final int TCP = 6;
  private static final int UNREACHABLE_V4 = 3;
  private static final int PORT_UNREACHABLE_V4 = 3;
  private static final int FRAGMENTATION_NEEDED = 4;
  private static final int UNREACHABLE_V6 = 1;
  private static final int PORT_UNREACHABLE_V6 = 4;

  /** Tells the slot of a reply that is ours; 0 when it is not. */
  @FunctionalInterface
  interface Slots {
    int of(Reply reply);
  }

  private final KernelClock clock = new KernelClock();
  private final Answer answer = new Answer();
  private final Slots slots;

  Arrival(Slots slots) {
    this.slots = slots;
  }

  /** Notes when a batch of packets was read. */
  void read() {
    answer.readNanos = System.nanoTime();
    answer.clockOffset = clock.offsetNanos();
  }

  void accept(Verdict verdict, Reply reply, ReceiveBatch packet, ProbeEvents events) {
    DropReason reason = dropReason(verdict, reply);
    if (reason != null) {
      events.dropped(reason);
      return;
    }
    int slot = slots.of(reply);
    if (slot == 0) {
      events.dropped(DropReason.FOREIGN);
    } else if (!events.expects(slot, protocol(reply), reply.targetHi(), reply.targetLo())) {
      events.dropped(DropReason.UNEXPECTED);
    } else {
      answer.kind = kind(reply);
      answer.fromHi = reply.fromHi();
      answer.fromLo = reply.fromLo();
      answer.icmpType = reply.icmpType();
      answer.icmpCode = reply.icmpCode();
      answer.hopLimit = reply.hopLimit() != 0 ? reply.hopLimit() : packet.hopLimit();
      answer.labels = reply.hasLabels() ? reply.labels() : List.of();
      answer.stamp = packet.stamp();
      answer.measuredNanos = 0;
      events.answered(slot, answer);
    }
  }

  private static @Nullable DropReason dropReason(Verdict verdict, Reply reply) {
    return switch (verdict) {
      case TRUNCATED -> DropReason.TRUNCATED;
      case BAD_CHECKSUM -> DropReason.BAD_CHECKSUM;
      case MALFORMED -> DropReason.MALFORMED;
      case FOREIGN -> DropReason.FOREIGN;
      case ACCEPTED -> isFragmentationNeeded(reply) ? DropReason.FOREIGN : null;
    };
  }

  private static boolean isFragmentationNeeded(Reply reply) {
    return reply.icmpType() == UNREACHABLE_V4 && reply.icmpCode() == FRAGMENTATION_NEEDED;
  }

  static Protocol protocol(Reply reply) {
    return switch (reply.protocol()) {
      case UDP -> Protocol.UDP;
      case TCP -> Protocol.TCP;
      default -> Protocol.ICMP;
    };
  }

  /** A closed UDP port answers with "port unreachable": the target itself was reached. */
  private static Answer.Kind kind(Reply reply) {
    return switch (reply.kind()) {
      case ECHO_REPLY, SYN_ACK, RESET -> Answer.Kind.TARGET;
      case TIME_EXCEEDED -> Answer.Kind.HOP;
      case UNREACHABLE ->
          isPortUnreachable(reply) && isFromTarget(reply)
              ? Answer.Kind.TARGET
              : Answer.Kind.REFUSAL;
    };
  }

  private static boolean isPortUnreachable(Reply reply) {
    int type = reply.icmpType();
    int code = reply.icmpCode();
    return (type == UNREACHABLE_V4 && code == PORT_UNREACHABLE_V4)
        || (type == UNREACHABLE_V6 && code == PORT_UNREACHABLE_V6);
  }

  private static boolean isFromTarget(Reply reply) {
    return reply.protocol() == UDP
        && reply.fromHi() == reply.targetHi()
        && reply.fromLo() == reply.targetLo();
  }
}
