package io.nettrace.lab.packet;

import io.nettrace.metric.MplsLabel;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * What an ICMP error says apart from the probe it is about: who sends it, why, how much of the
 * probe it quotes, and the label stack it adds (RFC 4884, RFC 4950).
 *
 * @param quoteBytes how much of a longer probe is quoted at most, its IP header included
 */
public record LabIcmpError(
    Reason reason, WireAddress responder, int quoteBytes, List<MplsLabel> labels) {
  private static final int EXTENDED_QUOTE_MIN_BYTES = 128;
  private static final int EXTENSION_HEADER_BYTES = 4;
  private static final int OBJECT_HEADER_BYTES = 4;
  private static final int LABEL_BYTES = 4;
  private static final int EXTENSION_VERSION_2 = 0x2000_0000;
  private static final int INCOMING_LABEL_STACK = 0x0101;
  private static final int IPV4_ERROR_MAX_BYTES = 576;
  private static final int IPV6_ERROR_MAX_BYTES = 1280;

  /** Why a probe was not delivered, as type and code of both ICMP versions. */
  public enum Reason {
    TIME_EXCEEDED(11, 0, 3, 0),
    NO_ROUTE(3, 0, 1, 0),
    PORT_UNREACHABLE(3, 3, 1, 4);

    private final int type4;
    private final int code4;
    private final int type6;
    private final int code6;

    Reason(int type4, int code4, int type6, int code6) {
      this.type4 = type4;
      this.code4 = code4;
      this.type6 = type6;
      this.code6 = code6;
    }
  }

  public LabIcmpError {
    labels = List.copyOf(labels);
  }

  int type(Probe probe) {
    return probe.isIpv4() ? reason.type4 : reason.type6;
  }

  int code(Probe probe) {
    return probe.isIpv4() ? reason.code4 : reason.code6;
  }

  /** How much of the probe is quoted: never less than its header and eight bytes (RFC 792). */
  int quotedBytes(Probe probe) {
    int packetMax =
        probe.isIpv4()
            ? IPV4_ERROR_MAX_BYTES - Probe.IPV4_MIN_BYTES
            : IPV6_ERROR_MAX_BYTES - Probe.IPV6_BYTES;
    int max = (packetMax - Probe.TRANSPORT_MIN_BYTES - extensionBytes()) & ~7;
    int wanted = Math.max(quoteBytes, probe.payloadOffset());
    return Math.min(probe.totalBytes(), Math.min(wanted, max));
  }

  /** The quote with its padding: an extension starts at a fixed word behind at least 128 bytes. */
  int quoteFieldBytes(Probe probe, int quoted) {
    if (labels.isEmpty()) {
      return quoted;
    }
    int word = wordBytes(probe);
    return Math.max(EXTENDED_QUOTE_MIN_BYTES, (quoted + word - 1) / word * word);
  }

  /** Second word of the ICMP header, which holds the quote's length when an extension follows. */
  int lengthWord(Probe probe, int field) {
    if (labels.isEmpty()) {
      return 0;
    }
    return (field / wordBytes(probe)) << (probe.isIpv4() ? 16 : 24);
  }

  int extensionBytes() {
    return labels.isEmpty()
        ? 0
        : EXTENSION_HEADER_BYTES + OBJECT_HEADER_BYTES + labels.size() * LABEL_BYTES;
  }

  void writeExtension(ByteBuffer out, int offset) {
    if (labels.isEmpty()) {
      return;
    }
    int objectBytes = OBJECT_HEADER_BYTES + labels.size() * LABEL_BYTES;
    out.putInt(offset, EXTENSION_VERSION_2);
    out.putInt(offset + 4, (objectBytes << 16) | INCOMING_LABEL_STACK);
    for (int i = 0; i < labels.size(); i++) {
      out.putInt(offset + 8 + i * LABEL_BYTES, entry(labels.get(i)));
    }
    out.putShort(offset + 2, LabChecksum.fold(LabChecksum.sum(out, offset, extensionBytes())));
  }

  private static int entry(MplsLabel label) {
    return (label.label() << 12)
        | (label.trafficClass() << 9)
        | ((label.bottomOfStack() ? 1 : 0) << 8)
        | label.ttl();
  }

  private static int wordBytes(Probe probe) {
    return probe.isIpv4() ? 4 : 8;
  }
}
