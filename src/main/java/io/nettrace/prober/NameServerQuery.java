package io.nettrace.prober;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * One question to one name server, on sockets that the calling thread opens, so that they are in
 * its network namespace. UDP first, TCP when the answer was cut off (RFC 7766).
 */
final class NameServerQuery {
  private static final int ATTEMPTS = 2;
  private static final int MAX_UDP_BYTES = 4096;
  private static final int UDP_PAYLOAD_BYTES = 1232; // DNS flag day 2020
  private static final SecureRandom RANDOM = new SecureRandom();

  private final InetSocketAddress server;
  private final Duration timeout;

  NameServerQuery(InetSocketAddress server, Duration timeout) {
    this.server = server;
    this.timeout = timeout;
  }

  Message ask(Name name, int type) throws IOException {
    Record question = Record.newRecord(name, type, DClass.IN);
    SocketTimeoutException last = new SocketTimeoutException(server + " was not asked");
    for (int i = 0; i < ATTEMPTS; i++) {
      try {
        Message answer = overUdp(query(question), question);
        boolean cutOff = answer.getHeader().getFlag(Flags.TC);
        return cutOff ? overTcp(query(question), question) : answer;
      } catch (SocketTimeoutException e) {
        last = new SocketTimeoutException(server + " did not answer within " + timeout);
      }
    }
    throw last;
  }

  private static Message query(Record question) {
    Message query = Message.newQuery(question);
    query.getHeader().setID(RANDOM.nextInt(0x1_0000));
    query.addRecord(new OPTRecord(UDP_PAYLOAD_BYTES, 0, 0, 0), Section.ADDITIONAL);
    return query;
  }

  /** Packets that do not answer this very question are passed over until time is up. */
  private Message overUdp(Message query, Record question) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(server);
      byte[] bytes = query.toWire();
      socket.send(new DatagramPacket(bytes, bytes.length));
      long deadline = System.nanoTime() + timeout.toNanos();
      DatagramPacket packet = new DatagramPacket(new byte[MAX_UDP_BYTES], MAX_UDP_BYTES);
      while (true) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new SocketTimeoutException();
        }
        socket.setSoTimeout((int) left);
        packet.setLength(MAX_UDP_BYTES);
        socket.receive(packet);
        Message answer = parsed(Arrays.copyOf(packet.getData(), packet.getLength()));
        if (answer != null && answers(answer, query, question)) {
          return answer;
        }
      }
    }
  }

  private Message overTcp(Message query, Record question) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(server, (int) timeout.toMillis());
      socket.setSoTimeout((int) timeout.toMillis());
      byte[] bytes = query.toWire();
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeShort(bytes.length);
      out.write(bytes);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] answer = new byte[in.readUnsignedShort()];
      in.readFully(answer);
      Message message = parsed(answer);
      if (message == null || !answers(message, query, question)) {
        throw new IOException(server + " sent an answer to another question");
      }
      return message;
    }
  }

  private static @Nullable Message parsed(byte[] bytes) {
    try {
      return new Message(bytes);
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  private static boolean answers(Message answer, Message query, Record question) {
    return answer.getHeader().getFlag(Flags.QR)
        && answer.getHeader().getID() == query.getHeader().getID()
        && question.equals(answer.getQuestion());
  }
}
