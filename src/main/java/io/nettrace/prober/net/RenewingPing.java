package io.nettrace.prober.net;

import io.nettrace.posix.AddressFamily;
import io.nettrace.posix.Poll;
import io.nettrace.posix.PosixException;
import io.nettrace.prober.strategy.EngineBounds;
import io.nettrace.prober.strategy.ProbeEvents;
import org.jspecify.annotations.Nullable;

/**
 * Ping sockets, each with an identifier of its own that the kernel chose. The first is used until a
 * path's flows are renewed; further ones are opened when first needed.
 */
final class RenewingPing implements Channel {
  private static final int LIMIT = 8;

  private final AddressFamily family;
  private final SentProbes sent;
  private final @Nullable PingChannel[] pings = new PingChannel[LIMIT];

  RenewingPing(AddressFamily family, SentProbes sent) throws PosixException {
    this.family = family;
    this.sent = sent;
    this.pings[0] = new PingChannel(family, sent);
  }

  @Override
  public void send(int slot, ChannelDestination to, int ttl, int flow, ProbeEvents events) {
    try {
      ping(flow / EngineBounds.FLOWS % LIMIT).send(slot, to, ttl, flow, events);
    } catch (PosixException e) {
      events.refused(slot, String.valueOf(e.getMessage()));
    }
  }

  private PingChannel ping(int number) throws PosixException {
    PingChannel ping = pings[number];
    if (ping == null) {
      ping = new PingChannel(family, sent);
      pings[number] = ping;
    }
    return ping;
  }

  @Override
  public void flush(ProbeEvents events) {
    for (PingChannel ping : pings) {
      if (ping != null) {
        ping.flush(events);
      }
    }
  }

  @Override
  public void receive(ProbeEvents events) {
    for (PingChannel ping : pings) {
      if (ping != null) {
        ping.receive(events);
      }
    }
  }

  @Override
  public void forget(int slot) {}

  @Override
  public void addTo(Poll poll) {
    for (PingChannel ping : pings) {
      if (ping != null) {
        ping.addTo(poll);
      }
    }
  }

  @Override
  public void close() {
    for (PingChannel ping : pings) {
      if (ping != null) {
        ping.close();
      }
    }
  }
}
