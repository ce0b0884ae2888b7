package io.nettrace.prober.net;

import io.nettrace.posix.Poll;
import io.nettrace.prober.strategy.ProbeEvents;

/** One way of sending probes and of hearing what became of them. */
interface Channel {
  void send(int slot, ChannelDestination to, int ttl, int flow, ProbeEvents events);

  void flush(ProbeEvents events);

  void receive(ProbeEvents events);

  void forget(int slot);

  void addTo(Poll poll);

  void close();
}
