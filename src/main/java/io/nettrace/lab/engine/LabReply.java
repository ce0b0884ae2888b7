package io.nettrace.lab.engine;

import io.nettrace.lab.packet.Probe;
import io.nettrace.posix.NativeBuffer;

/** An answer on its way back to the vantage point, and the probe it belongs to. */
final class LabReply {
  final NativeBuffer packet;
  int length;
  long dueNanos;
  long readNanos;
  int protocol;
  int ttl;
  int flow;
  int identifier;
  long targetHigh;
  long targetLow;
  long responderHigh;
  long responderLow;

  LabReply(int packetBytes) {
    this.packet = NativeBuffer.allocate(packetBytes);
  }

  void answers(Probe probe, long nowNanos) {
    readNanos = nowNanos;
    protocol = probe.protocol();
    ttl = probe.ttl();
    flow = probe.flow();
    identifier = probe.identifier();
    targetHigh = probe.targetHigh();
    targetLow = probe.targetLow();
    from(targetHigh, targetLow);
  }

  void from(long high, long low) {
    responderHigh = high;
    responderLow = low;
  }
}
