package io.nettrace.prober.net;

import io.nettrace.metric.Protocol;
import io.nettrace.posix.KernelClock;
import io.nettrace.posix.ReceiveBatch;
import io.nettrace.prober.packet.Reply;
import io.nettrace.prober.packet.ReplyVerdict;
import io.nettrace.prober.strategy.DropReason;
import io.nettrace.prober.strategy.ProbeAnswer;
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

  private final KernelClock clock = new KernelClock();
  private final ProbeAnswer answer = new ProbeAnswer();
  private final SentProbes sent;

  Arrival(SentProbes sent) {
    this.sent = sent;
  }

  /** Notes when a batch of packets was read. */
  void read() {
    answer.readNanos = System.nanoTime();
    answer.clockOffset = clock.offsetNanos();
  }

  void accept(ReplyVerdict verdict, Reply reply, ReceiveBatch packet, ProbeEvents events) {
    DropReason reason = dropReason(verdict);
    if (reason != null) {
      events.dropped(reason);
      return;
    }
    Protocol protocol = protocol(reply);
    int slot = sent.slotOf(reply, protocol);
    if (slot == 0) {
      events.dropped(DropReason.FOREIGN);
    } else if (slot == SentProbes.SEVERAL) {
      events.dropped(DropReason.AMBIGUOUS);
      ambiguous(sent.oneOf(reply, protocol), protocol, reply, events);
    } else if (events.expects(slot, protocol, reply.targetHi(), reply.targetLo())) {
      answered(slot, reply, packet, events);
    } else if (sent.isBeyondDoubt(slot, reply) && events.isOut(slot, protocol)) {
      answered(slot, reply, packet, events);
    } else {
      events.dropped(DropReason.UNEXPECTED);
      elsewhere(slot, protocol, reply, events);
    }
  }

  private static void ambiguous(int slot, Protocol protocol, Reply reply, ProbeEvents events) {
    if (events.expects(slot, protocol, reply.targetHi(), reply.targetLo())) {
      events.ambiguous(slot);
    }
  }

  /** An accepted connection names its SYN in 32 bits and its ports, but comes from another host. */
  private static void elsewhere(int slot, Protocol protocol, Reply reply, ProbeEvents events) {
    if (protocol == Protocol.TCP && !reply.isQuote() && events.isOut(slot, protocol)) {
      events.answeredElsewhere(slot, reply.fromHi(), reply.fromLo());
    }
  }

  private void answered(int slot, Reply reply, ReceiveBatch packet, ProbeEvents events) {
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
    sent.forget(slot);
  }

  private static @Nullable DropReason dropReason(ReplyVerdict verdict) {
    return switch (verdict) {
      case TRUNCATED -> DropReason.TRUNCATED;
      case BAD_CHECKSUM -> DropReason.BAD_CHECKSUM;
      case MALFORMED -> DropReason.MALFORMED;
      case FOREIGN -> DropReason.FOREIGN;
      case ACCEPTED -> null;
    };
  }

  static Protocol protocol(Reply reply) {
    return switch (reply.protocol()) {
      case UDP -> Protocol.UDP;
      case TCP -> Protocol.TCP;
      default -> Protocol.ICMP;
    };
  }

  /** Whatever the target itself says, were it a refusal, is its answer. */
  private static ProbeAnswer.Kind kind(Reply reply) {
    return switch (reply.kind()) {
      case ECHO_REPLY, SYN_ACK, RESET, DATAGRAM -> ProbeAnswer.Kind.TARGET;
      case TIME_EXCEEDED -> ProbeAnswer.Kind.HOP;
      case UNREACHABLE -> isFromTarget(reply) ? ProbeAnswer.Kind.TARGET : ProbeAnswer.Kind.REFUSAL;
    };
  }

  private static boolean isFromTarget(Reply reply) {
    return reply.fromHi() == reply.targetHi() && reply.fromLo() == reply.targetLo();
  }
}
