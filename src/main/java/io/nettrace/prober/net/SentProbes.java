package io.nettrace.prober.net;

import io.nettrace.metric.Protocol;
import io.nettrace.prober.packet.Reply;
import io.nettrace.prober.packet.TcpSyn;
import io.nettrace.prober.packet.UdpProbe;
import java.security.SecureRandom;

/**
 * What each probe carried when it left, by slot, and which probe a reply names.
 *
 * <p>Three things name a probe: its number (ICMP sequence, UDP checksum, low half of the TCP
 * sequence number), its mark (IPv4 identification, high half of the TCP sequence number, last bytes
 * of the payload), and its endpoints (ICMP identifier, ports). Devices on the way rewrite one or
 * the other, so a reply is believed when two of them agree, and no number is believed against a
 * mark that names another probe. Marks are given out in a ring of their own: neighbours in number
 * have marks far apart, and a number that comes round has another mark than the last time.
 *
 * <p>A reset without ACK and the datagram of a UDP service name no probe. They answer the one of
 * their flow that is out, if there is exactly one. The probes that are out are chained by a hash of
 * addresses and ports, of which each keeps 32 bits.
 */
final class SentProbes {
  /** Several probes are out that an unnamed reply may answer. */
  static final int SEVERAL = -1;

  private static final int SLOTS = 1 << 16;
  private static final int MARKS = 65_535;
  private static final int MARK_STEP = 40_502; // the golden section of MARKS, coprime with it
  private static final int CHAINS = 1 << 14;

  private final byte[] protocol = new byte[SLOTS];
  private final char[] source = new char[SLOTS];
  private final char[] port = new char[SLOTS];
  private final char[] mark = new char[SLOTS];
  private final char[] formerMark = new char[SLOTS];
  private final char[] slotOfMark = new char[SLOTS];

  /** The flow of a probe that is out; 0 when it is not, or needs none. */
  private final int[] flow = new int[SLOTS];

  private final char[] newest = new char[CHAINS];
  private final char[] older = new char[SLOTS];
  private final char[] newer = new char[SLOTS];
  private int lastMark = new SecureRandom().nextInt(MARKS);

  /** Notes a probe that is about to leave; returns its mark. {@code from} is what it comes from. */
  int add(int slot, ChannelDestination to, int from) {
    forget(slot);
    lastMark = (lastMark + MARK_STEP) % MARKS;
    int newMark = lastMark + 1;
    protocol[slot] = code(to.protocol());
    source[slot] = (char) from;
    port[slot] = (char) to.port();
    formerMark[slot] = mark[slot];
    mark[slot] = (char) newMark;
    slotOfMark[newMark] = (char) slot;
    if (to.protocol() != Protocol.ICMP) {
      chain(slot, flow(to.protocol(), to.hi(), to.lo(), to.port(), from));
    }
    return newMark;
  }

  private void chain(int slot, int its) {
    int chain = its & CHAINS - 1;
    flow[slot] = its;
    newer[slot] = 0;
    older[slot] = newest[chain];
    newer[newest[chain]] = (char) slot;
    newest[chain] = (char) slot;
  }

  /** The probe is no longer out: answered, given up or never sent. */
  void forget(int slot) {
    int its = flow[slot];
    if (its == 0) {
      return;
    }
    flow[slot] = 0;
    newer[older[slot]] = newer[slot];
    if (newer[slot] == 0) {
      newest[its & CHAINS - 1] = older[slot];
    } else {
      older[newer[slot]] = older[slot];
    }
  }

  /**
   * The slot of the probe that the reply names; 0 when none, {@link #SEVERAL} when it cannot say.
   */
  int slotOf(Reply reply, Protocol of) {
    if (reply.isUnnamed()) {
      return onlyOneOut(reply, of);
    }
    if (reply.isQuote()) {
      return quoted(reply, of);
    }
    return of == Protocol.TCP ? acknowledged(reply) : echoed(reply);
  }

  /** The newest probe of the flow to which an unnamed reply belongs; 0 when none is out. */
  int oneOf(Reply reply, Protocol of) {
    int its = flow(of, reply.targetHi(), reply.targetLo(), reply.port(), reply.id());
    return ofFlow(newest[its & CHAINS - 1], its);
  }

  /** The first of a chain, from {@code slot} on, that is of this flow; 0 when none is. */
  private int ofFlow(int slot, int its) {
    int at = slot;
    while (at != 0 && flow[at] != its) {
      at = older[at];
    }
    return at;
  }

  /** Whether an echo reply brings back identifier, number and mark, wherever it comes from. */
  boolean isBeyondDoubt(int slot, Reply reply) {
    return reply.kind() == Reply.Kind.ECHO_REPLY && reply.mark() == mark[slot];
  }

  private int onlyOneOut(Reply reply, Protocol of) {
    int slot = oneOf(reply, of);
    if (slot != 0 && ofFlow(older[slot], flow[slot]) != 0) {
      return SEVERAL;
    }
    return is(of, slot) && hasEndpoints(slot, reply) ? slot : 0;
  }

  private int echoed(Reply reply) {
    int slot = reply.probe();
    boolean agrees =
        is(Protocol.ICMP, slot)
            && reply.id() == source[slot]
            && (reply.mark() < 0 || reply.mark() == mark[slot]);
    return agrees ? slot : 0;
  }

  /** Some hosts acknowledge the SYN's own number and not the one behind it. */
  private int acknowledged(Reply reply) {
    int slot = ofSequence(reply.probe());
    if (slot == 0) {
      slot = ofSequence(reply.probe() + 1);
    }
    return slot != 0 && hasEndpoints(slot, reply) ? slot : 0;
  }

  private int quoted(Reply reply, Protocol of) {
    if (of == Protocol.UDP && reply.dataBytes() != UdpProbe.BYTES) {
      return 0;
    }
    if (reply.mark() >= 0) {
      return agreeing(ofMark(of, reply.mark()), reply, of);
    }
    int marked = agreeing(ofMark(of, reply.identification()), reply, of);
    if (marked != 0) {
      return marked;
    }
    int numbered = number(reply, of);
    boolean agrees =
        is(of, numbered)
            && hasEndpoints(numbered, reply)
            && (reply.identification() == 0 || reply.identification() != formerMark[numbered]);
    return agrees ? numbered : 0;
  }

  /**
   * A mark is believed with the number; where that may be rewritten, with the endpoints instead.
   */
  private int agreeing(int slot, Reply reply, Protocol of) {
    if (slot == 0) {
      return 0;
    }
    boolean numbered = number(reply, of) == slot;
    boolean agrees = numbered || (of != Protocol.ICMP && hasEndpoints(slot, reply));
    return agrees ? slot : 0;
  }

  private int number(Reply reply, Protocol of) {
    return of == Protocol.TCP ? ofSequence(reply.probe()) : reply.probe();
  }

  private int ofSequence(int sequence) {
    int slot = sequence & 0xffff;
    return is(Protocol.TCP, slot) && mark[slot] == sequence >>> 16 ? slot : 0;
  }

  private int ofMark(Protocol of, int given) {
    int slot = slotOfMark[given];
    return is(of, slot) && mark[slot] == given ? slot : 0;
  }

  private boolean hasEndpoints(int slot, Reply reply) {
    return reply.id() == source[slot]
        && (protocol[slot] == code(Protocol.ICMP) || reply.port() == port[slot]);
  }

  private boolean is(Protocol of, int slot) {
    return slot > 0 && slot < SLOTS && protocol[slot] == code(of);
  }

  private static byte code(Protocol of) {
    return switch (of) {
      case ICMP -> 1;
      case UDP -> UdpProbe.PROTOCOL;
      case TCP -> TcpSyn.PROTOCOL;
    };
  }

  private static int flow(Protocol of, long hi, long lo, int port, int source) {
    long mixed = (hi * 0x9E3779B97F4A7C15L + lo) * 0xC2B2AE3D27D4EB4FL;
    mixed = (mixed + ((long) port << 32 | source << 8 | code(of))) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32) | 1 << 31; // never 0
  }
}
