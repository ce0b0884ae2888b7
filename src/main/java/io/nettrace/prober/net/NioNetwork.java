package io.nettrace.prober.net;

import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import io.nettrace.prober.packet.AddressBits;
import io.nettrace.prober.strategy.Destination;
import io.nettrace.prober.strategy.Network;
import io.nettrace.prober.strategy.ProbeAnswer;
import io.nettrace.prober.strategy.ProbeEvents;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** TCP connect with nothing but java.nio, for systems other than Linux: the target's delay only. */
final class NioNetwork implements Network {
  private static final int LIMIT = 768;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Selector selector;
  private final Map<Integer, SelectionKey> keys = new HashMap<>();
  private final ProbeAnswer answer = new ProbeAnswer();

  private static final class Target extends Destination {
    Target(InetAddress address, int port) {
      super(address, AddressBits.hi(address), AddressBits.lo(address), port, Protocol.TCP);
    }
  }

  private record Attempt(int slot, Destination to, long sentNanos) {}

  NioNetwork() throws IOException {
    selector = Selector.open();
  }

  @Override
  public ProbeMode mode() {
    return ProbeMode.CONNECT;
  }

  @Override
  public boolean seesHops(Protocol protocol) {
    return false;
  }

  @Override
  public Destination destination(
      InetAddress address, int port, Protocol protocol, @Nullable Destination before)
      throws IOException {
    if (protocol != Protocol.TCP) {
      throw ProbeModes.cannotSend(mode(), protocol);
    }
    return new Target(address, port);
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void send(int slot, Destination to, int ttl, int flow, ProbeEvents events) {
    if (keys.size() >= LIMIT) {
      events.refused(slot, "more than " + LIMIT + " connections at once");
      return;
    }
    try {
      SocketChannel channel = SocketChannel.open();
      channel.configureBlocking(false);
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      keys.put(slot, key);
      long nanos = System.nanoTime();
      key.attach(new Attempt(slot, to, nanos));
      boolean connected = channel.connect(new InetSocketAddress(to.address(), to.port()));
      events.sent(slot, nanos, 0);
      if (connected) {
        answered(key, events);
      }
    } catch (IOException e) {
      forget(slot);
      events.refused(slot, "connect " + to.address().getHostAddress() + ": " + e.getMessage());
    }
  }

  @Override
  public void flush(ProbeEvents events) {}

  @Override
  public void receive(ProbeEvents events) {
    try {
      selector.selectNow(key -> finish(key, events));
    } catch (IOException e) {
      throw new UncheckedIOException("select", e);
    }
  }

  private void finish(SelectionKey key, ProbeEvents events) {
    try {
      if (((SocketChannel) key.channel()).finishConnect()) {
        answered(key, events);
      }
    } catch (ConnectException e) {
      answered(key, events);
    } catch (IOException e) {
      key.cancel();
    }
  }

  /** Whether it accepts or refuses the connection, the target answered. */
  private void answered(SelectionKey key, ProbeEvents events) {
    Attempt attempt = (Attempt) key.attachment();
    answer.readNanos = System.nanoTime();
    answer.kind = ProbeAnswer.Kind.TARGET;
    answer.fromHi = attempt.to().hi();
    answer.fromLo = attempt.to().lo();
    answer.measuredNanos = answer.readNanos - attempt.sentNanos();
    forget(attempt.slot());
    events.answered(attempt.slot(), answer);
  }

  @Override
  public void forget(int slot) {
    SelectionKey key = keys.remove(slot);
    if (key != null) {
      key.cancel();
      close(key);
    }
  }

  @Override
  public void await(long nanos) {
    try {
      if (nanos >= NANOS_PER_MILLI) {
        selector.select(nanos / NANOS_PER_MILLI);
      } else {
        selector.selectNow();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("select", e);
    }
  }

  @Override
  public void wakeUp() {
    selector.wakeup();
  }

  @Override
  public void close() {
    keys.values().forEach(NioNetwork::close);
    close(selector);
  }

  private static void close(SelectionKey key) {
    close(key.channel());
  }

  private static void close(Closeable resource) {
    try {
      resource.close();
    } catch (IOException e) {
      throw new UncheckedIOException("close", e);
    }
  }
}
