package io.nettrace.prober.net;

import io.nettrace.posix.KernelClock;
import io.nettrace.posix.ReceiveBatch;
import io.nettrace.prober.packet.AddressBits;
import io.nettrace.prober.packet.IcmpMeaning;
import io.nettrace.prober.strategy.ProbeAnswer;
import java.util.List;

/** Reads the ICMP errors that the kernel itself has matched to a socket. */
final class KernelIcmpErrors {
  boolean isIcmp(ReceiveBatch packet) {
    return packet.errorOrigin() == ReceiveBatch.ORIGIN_ICMP
        || packet.errorOrigin() == ReceiveBatch.ORIGIN_ICMPV6;
  }

  void readNow(ProbeAnswer answer, KernelClock clock) {
    answer.readNanos = System.nanoTime();
    answer.clockOffset = clock.offsetNanos();
    answer.measuredNanos = 0;
    answer.labels = List.of();
  }

  /** Fills in an answer; false when the error says nothing about the way to the target. */
  boolean read(ProbeAnswer answer, ReceiveBatch packet) {
    boolean ipv6 = packet.errorOrigin() == ReceiveBatch.ORIGIN_ICMPV6;
    int type = packet.errorType();
    int code = packet.errorCode();
    answer.fromHi = packet.offenderHi();
    answer.fromLo = packet.offenderLo();
    answer.icmpType = type;
    answer.icmpCode = code;
    answer.hopLimit = packet.hopLimit();
    answer.stamp = packet.stamp();
    if (!IcmpMeaning.concernsTheWay(ipv6, type, code)
        || !AddressBits.isHost(answer.fromHi, answer.fromLo)) {
      return false;
    }
    boolean fromTarget = answer.fromHi == packet.addressHi() && answer.fromLo == packet.addressLo();
    answer.kind =
        IcmpMeaning.isTimeExceeded(ipv6, type)
            ? ProbeAnswer.Kind.HOP
            : fromTarget ? ProbeAnswer.Kind.TARGET : ProbeAnswer.Kind.REFUSAL;
    return true;
  }

  /** The target sent a packet of the probed protocol. */
  void fromTarget(ProbeAnswer answer, ReceiveBatch packet) {
    answer.kind = ProbeAnswer.Kind.TARGET;
    answer.fromHi = packet.addressHi();
    answer.fromLo = packet.addressLo();
    answer.icmpType = 0;
    answer.icmpCode = 0;
    answer.hopLimit = packet.hopLimit();
    answer.stamp = packet.stamp();
  }
}
