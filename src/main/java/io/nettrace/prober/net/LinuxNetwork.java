package io.nettrace.prober.net;

import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import io.nettrace.posix.AddressFamily;
import io.nettrace.posix.Poll;
import io.nettrace.posix.PosixException;
import io.nettrace.posix.TimerSlack;
import io.nettrace.posix.WakeUp;
import io.nettrace.prober.strategy.Destination;
import io.nettrace.prober.strategy.Network;
import io.nettrace.prober.strategy.ProbeEvents;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Linux's sockets in one of the three modes; channels are opened when first needed. */
final class LinuxNetwork implements Network {
  private static final int SHARED_SOCKETS = 32;
  private static final long TIMER_SLACK_NANOS = 1_000;

  private final ProbeMode mode;
  private final WakeUp wakeUp;
  private final Poll poll = new Poll(4 * SocketPerProbe.LIMIT + SHARED_SOCKETS);
  private final SentProbes sent = new SentProbes();
  private final Map<AddressFamily, RawChannels> raw = new EnumMap<>(AddressFamily.class);
  private final Map<AddressFamily, Map<Protocol, Channel>> channels =
      new EnumMap<>(AddressFamily.class);
  private final List<Channel> open = new ArrayList<>();
  private boolean unflushed;
  private boolean anyReady;

  LinuxNetwork(ProbeMode mode) throws PosixException {
    this.mode = mode;
    this.wakeUp = new WakeUp();
    TimerSlack.set(TIMER_SLACK_NANOS);
  }

  @Override
  public ProbeMode mode() {
    return mode;
  }

  @Override
  public boolean seesHops(Protocol protocol) {
    return mode != ProbeMode.CONNECT;
  }

  @Override
  public Destination destination(
      InetAddress address, int port, Protocol protocol, @Nullable Destination before)
      throws IOException {
    if (before != null && protocol == Protocol.ICMP && before.port() == port) {
      return before;
    }
    return new ChannelDestination(
        address, port, protocol, channel(AddressFamily.of(address), protocol));
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void send(int slot, Destination to, int ttl, int flow, ProbeEvents events) {
    ChannelDestination route = (ChannelDestination) to;
    route.channel().send(slot, route, ttl, flow, events);
    unflushed = true;
  }

  @Override
  public void flush(ProbeEvents events) {
    if (unflushed) {
      unflushed = false;
      for (int i = 0; i < open.size(); i++) {
        open.get(i).flush(events);
      }
    }
  }

  @Override
  public void receive(ProbeEvents events) {
    if (!anyReady) {
      return;
    }
    for (int i = 0; i < open.size(); i++) {
      open.get(i).receive(events);
    }
  }

  @Override
  public void forget(int slot) {
    for (int i = 0; i < open.size(); i++) {
      open.get(i).forget(slot);
    }
  }

  @Override
  public void await(long nanos) {
    poll.clear();
    int wake = poll.addReadable(wakeUp.fd());
    for (int i = 0; i < open.size(); i++) {
      open.get(i).addTo(poll);
    }
    anyReady = poll.await(nanos) > 0;
    if (anyReady && poll.isReady(wake)) {
      wakeUp.reset();
    }
  }

  @Override
  public void wakeUp() {
    wakeUp.signal();
  }

  @Override
  public void close() {
    open.forEach(Channel::close);
    open.clear();
    wakeUp.close();
  }

  private Channel channel(AddressFamily family, Protocol protocol) throws IOException {
    Map<Protocol, Channel> ofFamily =
        channels.computeIfAbsent(family, _ -> new EnumMap<>(Protocol.class));
    Channel existing = ofFamily.get(protocol);
    if (existing != null) {
      return existing;
    }
    if (mode == ProbeMode.RAW && protocol != Protocol.ICMP) {
      Channel icmp = channel(family, Protocol.ICMP);
      assert icmp != null;
    }
    Channel opened = openChannel(family, protocol);
    ofFamily.put(protocol, opened);
    open.add(opened);
    return opened;
  }

  private Channel openChannel(AddressFamily family, Protocol protocol) throws IOException {
    return switch (mode) {
      case RAW -> raw.computeIfAbsent(family, one -> new RawChannels(one, sent)).open(protocol);
      case UNPRIVILEGED ->
          switch (protocol) {
            case ICMP -> new RenewingPing(family, sent);
            case UDP -> new UdpErrorQueueChannel(family);
            case TCP -> new ConnectChannel(family);
          };
      case CONNECT -> {
        if (protocol != Protocol.TCP) {
          throw ProbeModes.cannotSend(mode, protocol);
        }
        yield new ConnectChannel(family);
      }
    };
  }
}
