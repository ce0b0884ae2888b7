package io.nettrace.posix;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * An interface of the calling thread's network namespace, by its name, and what can be set on it
 * through rtnetlink(7). Needs CAP_NET_ADMIN in that namespace.
 */
public final class NetworkInterface {
  private static final short RTM_SETLINK = 19;
  private static final short RTM_NEWADDR = 20;
  private static final short RTM_NEWROUTE = 24;
  private static final short IFLA_IFNAME = 3;
  private static final short IFLA_TXQLEN = 13;
  private static final short IFA_ADDRESS = 1;
  private static final short IFA_LOCAL = 2;
  private static final short RTA_OIF = 4;
  private static final int IFF_UP = 1;
  private static final byte IFA_F_NODAD = 2;
  private static final byte AF_INET = 2;
  private static final byte AF_INET6 = 10;
  private static final byte RT_TABLE_MAIN = (byte) 254;
  private static final byte RTPROT_BOOT = 3;
  private static final byte RT_SCOPE_LINK = (byte) 253;
  private static final byte RTN_UNICAST = 1;

  private final String name;
  private final int index;

  private NetworkInterface(String name, int index) {
    this.name = name;
    this.index = index;
  }

  /** Finds the interface in the calling thread's namespace. */
  public static NetworkInterface named(String name) throws PosixException {
    return new NetworkInterface(name, Netlink.interfaceIndex(name));
  }

  /** Switches the interface on. */
  public NetworkInterface up() throws PosixException {
    ByteBuffer message = Netlink.message(RTM_SETLINK);
    message.put((byte) 0).put((byte) 0).putShort((short) 0).putInt(index);
    message.putInt(IFF_UP).putInt(IFF_UP);
    Netlink.request(message, "link up", name);
    return this;
  }

  /** Sets how many packets may wait to be read from the interface. */
  public NetworkInterface queueLength(int packets) throws PosixException {
    ByteBuffer message = Netlink.message(RTM_SETLINK);
    message.put((byte) 0).put((byte) 0).putShort((short) 0).putInt(index).putInt(0).putInt(0);
    Netlink.attribute(message, IFLA_IFNAME, (name + "\0").getBytes(StandardCharsets.US_ASCII));
    Netlink.attribute(message, IFLA_TXQLEN, packets);
    Netlink.request(message, "set txqueuelen of", name);
    return this;
  }

  /** Gives the interface one more address; the rest of its prefix becomes reachable through it. */
  public NetworkInterface address(InetAddress address, int prefixLength) throws PosixException {
    ByteBuffer message = Netlink.message(RTM_NEWADDR);
    message.put(family(address)).put((byte) prefixLength).put(IFA_F_NODAD).put((byte) 0);
    message.putInt(index);
    Netlink.attribute(message, IFA_LOCAL, address.getAddress());
    Netlink.attribute(message, IFA_ADDRESS, address.getAddress());
    Netlink.request(message, "add address " + address.getHostAddress() + " to", name);
    return this;
  }

  /** Sends every IPv4 packet that has no better route out of this interface. */
  public NetworkInterface defaultRoute4() throws PosixException {
    return defaultRoute(AF_INET);
  }

  /** Sends every IPv6 packet that has no better route out of this interface. */
  public NetworkInterface defaultRoute6() throws PosixException {
    return defaultRoute(AF_INET6);
  }

  private NetworkInterface defaultRoute(byte family) throws PosixException {
    ByteBuffer message = Netlink.message(RTM_NEWROUTE);
    message.put(family).put((byte) 0).put((byte) 0).put((byte) 0);
    message.put(RT_TABLE_MAIN).put(RTPROT_BOOT).put(RT_SCOPE_LINK).put(RTN_UNICAST).putInt(0);
    Netlink.attribute(message, RTA_OIF, index);
    Netlink.request(message, "add default route through", name);
    return this;
  }

  private static byte family(InetAddress address) {
    return address instanceof Inet4Address ? AF_INET : AF_INET6;
  }
}
