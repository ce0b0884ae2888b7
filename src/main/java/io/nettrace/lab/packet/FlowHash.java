package io.nettrace.lab.packet;

/**
 * What load balancers make of a packet: equal for packets of one flow. It covers the fields that
 * real routers hash: addresses, protocol, ports or ICMP type, code, checksum and identifier, and
 * IPv6's flow label.
 */
public final class FlowHash {
  private FlowHash() {}

  public static long of(Probe probe) {
    long hash = mix(probe.sourceHigh() ^ probe.protocol());
    hash = mix(hash ^ probe.sourceLow());
    hash = mix(hash ^ probe.targetHigh());
    hash = mix(hash ^ probe.targetLow());
    hash = mix(hash ^ ((Integer.toUnsignedLong(probe.flow()) << 20) ^ probe.flowLabel()));
    boolean icmp = probe.protocol() == Probe.ICMP || probe.protocol() == Probe.ICMPV6;
    return icmp ? mix(hash ^ (probe.identifier() >>> 16)) : hash;
  }

  /** Which of {@code width} branches a balancer of this {@code salt} takes. */
  public static int branch(long hash, long salt, int width) {
    return Math.floorMod(mix(hash ^ salt), width);
  }

  /** The finaliser of SplitMix64: every input bit moves every output bit. */
  private static long mix(long value) {
    long mixed = value + 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
