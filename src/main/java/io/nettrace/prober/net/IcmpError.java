package io.nettrace.prober.net;

import io.nettrace.posix.KernelClock;
import io.nettrace.posix.ReceiveBatch;
import io.nettrace.prober.strategy.Answer;
import java.util.List;

/** Reads the ICMP errors that the kernel itself has matched to a socket. */
final class IcmpError {
  private static final int UNREACHABLE = 3;
  private static final int PORT_UNREACHABLE = 3;
  private static final int FRAGMENTATION_NEEDED = 4;
  private static final int TIME_EXCEEDED = 11;
  private static final int UNREACHABLE_V6 = 1;
  private static final int PORT_UNREACHABLE_V6 = 4;
  private static final int TIME_EXCEEDED_V6 = 3;

  boolean isIcmp(ReceiveBatch packet) {
    return packet.errorOrigin() == ReceiveBatch.ORIGIN_ICMP
        || packet.errorOrigin() == ReceiveBatch.ORIGIN_ICMPV6;
  }

  void readNow(Answer answer, KernelClock clock) {
    answer.readNanos = System.nanoTime();
    answer.clockOffset = clock.offsetNanos();
    answer.measuredNanos = 0;
    answer.labels = List.of();
  }

  /** Fills in an answer; false when the error says nothing about the way to the target. */
  boolean read(Answer answer, ReceiveBatch packet) {
    boolean ipv6 = packet.errorOrigin() == ReceiveBatch.ORIGIN_ICMPV6;
    int type = packet.errorType();
    int code = packet.errorCode();
    answer.fromHi = packet.offenderHi();
    answer.fromLo = packet.offenderLo();
    answer.icmpType = type;
    answer.icmpCode = code;
    answer.hopLimit = packet.hopLimit();
    answer.stamp = packet.stamp();
    if (type == (ipv6 ? TIME_EXCEEDED_V6 : TIME_EXCEEDED)) {
      answer.kind = Answer.Kind.HOP;
      return true;
    }
    boolean fromTarget = answer.fromHi == packet.addressHi() && answer.fromLo == packet.addressLo();
    boolean port = code == (ipv6 ? PORT_UNREACHABLE_V6 : PORT_UNREACHABLE);
    answer.kind = port && fromTarget ? Answer.Kind.TARGET : Answer.Kind.REFUSAL;
    return type == (ipv6 ? UNREACHABLE_V6 : UNREACHABLE) && (ipv6 || code != FRAGMENTATION_NEEDED);
  }

  /** The target sent a packet of the probed protocol. */
  void fromTarget(Answer answer, ReceiveBatch packet) {
    answer.kind = Answer.Kind.TARGET;
    answer.fromHi = packet.addressHi();
    answer.fromLo = packet.addressLo();
    answer.icmpType = 0;
    answer.icmpCode = 0;
    answer.hopLimit = packet.hopLimit();
    answer.stamp = packet.stamp();
  }
}
