package io.nettrace.prober.net;

import io.nettrace.posix.NativeSocket;
import io.nettrace.posix.Poll;
import io.nettrace.posix.PosixException;
import io.nettrace.posix.ReceiveBatch;
import io.nettrace.prober.packet.Reply;
import io.nettrace.prober.packet.ReplyVerdict;
import io.nettrace.prober.strategy.ProbeEvents;
import java.nio.ByteBuffer;

/** Probes of one protocol through a raw socket; answers are whole packets. */
final class RawChannel implements Channel {
  private static final int BATCH = 64;
  private static final int PACKET_BYTES = 512;

  /** Writes one probe. */
  @FunctionalInterface
  interface Encoder {
    void write(ByteBuffer out, int slot, ChannelDestination to, int ttl, int flow);
  }

  /** Reads the selected packet. */
  @FunctionalInterface
  interface Decoder {
    ReplyVerdict read(ReceiveBatch packet, Reply reply);
  }

  private final BatchSender sender;
  private final Encoder encoder;
  private final Decoder decoder;
  private final Arrival arrival;
  private final SentProbes sent;
  private final Runnable onClose;
  private final BatchSender.Unblock unblock = this::stamps;
  private final Reply reply = new Reply();
  private final ReceiveBatch packets = new ReceiveBatch(BATCH, PACKET_BYTES);
  private final ReceiveBatch errors = new ReceiveBatch(BATCH, PACKET_BYTES);

  RawChannel(
      NativeSocket socket,
      int headerBytes,
      Encoder encoder,
      Decoder decoder,
      SentProbes sent,
      Runnable onClose)
      throws PosixException {
    this.sender = new BatchSender(socket, headerBytes);
    this.encoder = encoder;
    this.decoder = decoder;
    this.sent = sent;
    this.arrival = new Arrival(sent);
    this.onClose = onClose;
  }

  @Override
  public void send(int slot, ChannelDestination to, int ttl, int flow, ProbeEvents events) {
    if (sender.isFull()) {
      flush(events);
    }
    encoder.write(sender.payload(), slot, to, ttl, flow);
    sender.add(to, ttl, slot);
  }

  /** Stamps of what was just sent wait already; unread they would end the next sleep. */
  @Override
  public void flush(ProbeEvents events) {
    if (sender.flush(events, unblock)) {
      stamps(events);
    }
  }

  /** Stamps are read after the packets: those of every packet read have then been queued. */
  @Override
  public void receive(ProbeEvents events) {
    int received;
    do {
      received = packets.receive(sender.socket());
      arrival.read();
      stamps(events);
      for (int i = 0; i < received; i++) {
        packets.select(i);
        arrival.accept(decoder.read(packets, reply), reply, packets, events);
      }
    } while (received == packets.capacity());
  }

  @Override
  public void forget(int slot) {
    sent.forget(slot);
  }

  @Override
  public void addTo(Poll poll) {
    poll.addReadable(sender.socket().fd());
  }

  @Override
  public void close() {
    sender.close();
    onClose.run();
  }

  private void stamps(ProbeEvents events) {
    int received;
    do {
      received = errors.receiveErrors(sender.socket());
      for (int i = 0; i < received; i++) {
        errors.select(i);
        if (errors.errorOrigin() == ReceiveBatch.ORIGIN_TRANSMIT_STAMP) {
          BatchSender.stamp(errors, events);
        }
      }
    } while (received == errors.capacity());
  }
}
