package io.nettrace.prober;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.metric.AnswerSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Answers of a scripted name server on the loopback. */
class ResolverTest {
  private static final String HOST = "host.example.net";

  /** Stands for 0x80000001, which no library writes. */
  private static final int TOP_BIT_SET = 0x0102_0304;

  private static final InetAddress FOUR = InetAddress.ofLiteral("203.0.113.1");
  private static final InetAddress SIX = InetAddress.ofLiteral("2001:db8::1");

  @ParameterizedTest
  @ValueSource(ints = {Rcode.SERVFAIL, Rcode.NOTIMP, Rcode.REFUSED, Rcode.NXDOMAIN, -1})
  void oneFamilysFailureDoesNotLoseTheOthersAnswer(int code) throws IOException {
    Lookup.Found withoutSix = found(resolve(answer -> fail(answer, Type.AAAA, code)));
    assertThat(withoutSix.answers().addresses()).containsExactly(FOUR);
    assertThat(withoutSix.note()).isPresent();
    assertThat(withoutSix.note().orElseThrow()).contains("AAAA");
    assertThat(withoutSix.answers().ttl()).as("asked again soon").hasMinutes(1);
    Lookup.Found withoutFour = found(resolve(answer -> fail(answer, Type.A, code)));
    assertThat(withoutFour.answers().addresses()).containsExactly(SIX);
  }

  @Test
  void anEmptyAnswerForOneFamilyIsNoFailure() throws IOException {
    Lookup.Found found = found(resolve(answer -> fail(answer, Type.AAAA, Rcode.NOERROR)));
    assertThat(found.answers().addresses()).containsExactly(FOUR);
    assertThat(found.note()).isEmpty();
  }

  @Test
  void aNameThatNeitherFamilyKnowsDoesNotExist() throws IOException {
    Lookup lookup = resolve(answer -> fail(fail(answer, Type.A, 3), Type.AAAA, Rcode.NXDOMAIN));
    assertThat(lookup).isInstanceOf(Lookup.Failed.class);
    assertThat(((Lookup.Failed) lookup).reason()).contains("NXDOMAIN");
  }

  @Test
  void aRecordOfAnotherNameIsNotTheHostsAddress() throws IOException {
    Lookup.Found found =
        found(
            resolve(
                answer -> {
                  answer.addRecord(
                      new ARecord(name("other.example.org."), DClass.IN, 1, address("203.0.113.9")),
                      Section.ANSWER);
                  return answer;
                }));
    assertThat(found.answers().addresses()).containsExactly(FOUR, SIX);
    assertThat(found.answers().ttl()).hasSeconds(3_600);
  }

  @Test
  void anAliasLeadsToTheAddressesOfItsTarget() throws IOException {
    Lookup.Found found =
        found(
            resolve(
                answer -> {
                  answer.removeAllRecords(Section.ANSWER);
                  Name edge = name("edge.example.org.");
                  answer.addRecord(new ARecord(edge, DClass.IN, 60, FOUR), Section.ANSWER);
                  answer.addRecord(
                      new CNAMERecord(name("HOST.Example.net."), DClass.IN, 60, edge),
                      Section.ANSWER);
                  return answer;
                }));
    assertThat(found.answers().addresses()).containsExactly(FOUR);
  }

  @Test
  void aTimeToLiveWithTheTopBitSetIsZero() throws IOException {
    Lookup.Found found =
        found(
            resolve(
                answer -> {
                  answer.removeAllRecords(Section.ANSWER);
                  answer.addRecord(
                      new ARecord(name(HOST + "."), DClass.IN, TOP_BIT_SET, FOUR), Section.ANSWER);
                  return answer;
                }));
    assertThat(found.answers().ttl()).hasSeconds(1);
  }

  @Test
  void addressesThatNoHostCanHaveAreNoAnswer() throws IOException {
    Lookup lookup =
        resolve(
            answer -> {
              answer.removeAllRecords(Section.ANSWER);
              for (String none : new String[] {"0.0.0.0", "224.0.0.1", "255.255.255.255"}) {
                answer.addRecord(
                    new ARecord(name(HOST + "."), DClass.IN, 60, address(none)), Section.ANSWER);
              }
              return answer;
            });
    assertThat(lookup).isInstanceOf(Lookup.Failed.class);
  }

  @Test
  void aClockThatWasPutBackKeepsNoAnswerForLonger() throws IOException {
    SettableClock clock = new SettableClock();
    int[] asked = {0};
    try (DatagramSocket server = serve(answer -> count(asked, answer));
        Resolver resolver = resolver(server, clock)) {
      found(resolver.resolve(HOST).join());
      found(resolver.resolve(HOST).join());
      assertThat(asked[0]).isEqualTo(2);
      clock.now = clock.now.minus(Duration.ofDays(1));
      AnswerSet answers = found(resolver.resolve(HOST).join()).answers();
      assertThat(answers.resolvedAt()).isEqualTo(clock.now);
      assertThat(asked[0]).isEqualTo(4);
    }
  }

  private static Message count(int[] asked, Message answer) {
    asked[0]++;
    return answer;
  }

  private static Lookup resolve(UnaryOperator<Message> script) throws IOException {
    try (DatagramSocket server = serve(script);
        Resolver resolver = resolver(server, Clock.systemUTC())) {
      return resolver.resolve(HOST).join();
    }
  }

  private static Resolver resolver(DatagramSocket server, Clock clock) {
    return new Resolver(
        new ResolverConfig(
            Optional.of(new InetSocketAddress(server.getLocalAddress(), server.getLocalPort())),
            Optional.empty(),
            Duration.ofMillis(150),
            2),
        clock);
  }

  private static Lookup.Found found(Lookup lookup) {
    assertThat(lookup).isInstanceOf(Lookup.Found.class);
    return (Lookup.Found) lookup;
  }

  /** With {@code code} -1 the question of that type gets no answer at all. */
  private static Message fail(Message answer, int type, int code) {
    if (answer.getQuestion().getType() == type) {
      answer.removeAllRecords(Section.ANSWER);
      answer.getHeader().setRcode(code < 0 ? Rcode.NOTAUTH : code);
    }
    return answer;
  }

  private static DatagramSocket serve(UnaryOperator<Message> script) throws SocketException {
    DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(() -> answerAll(server, script));
    return server;
  }

  private static void answerAll(DatagramSocket server, UnaryOperator<Message> script) {
    DatagramPacket packet = new DatagramPacket(new byte[4_096], 4_096);
    while (!server.isClosed()) {
      try {
        packet.setLength(4_096);
        server.receive(packet);
        Message query = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
        Message answer = script.apply(answer(query));
        if (answer.getRcode() != Rcode.NOTAUTH) {
          byte[] bytes = withTopBits(answer.toWire());
          server.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
        }
      } catch (SocketException e) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static byte[] withTopBits(byte[] message) {
    ByteBuffer bytes = ByteBuffer.wrap(message);
    for (int at = 0; at + 4 <= message.length; at++) {
      if (bytes.getInt(at) == TOP_BIT_SET) {
        bytes.putInt(at, 0x8000_0001);
      }
    }
    return message;
  }

  private static Message answer(Message query) {
    Message answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    Record question = query.getQuestion();
    answer.addRecord(question, Section.QUESTION);
    answer.addRecord(
        question.getType() == Type.A
            ? new ARecord(question.getName(), DClass.IN, 3_600, FOUR)
            : new AAAARecord(question.getName(), DClass.IN, 3_600, SIX),
        Section.ANSWER);
    return answer;
  }

  private static Name name(String text) {
    try {
      return Name.fromString(text);
    } catch (TextParseException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InetAddress address(String literal) {
    return InetAddress.ofLiteral(literal);
  }

  private static final class SettableClock extends Clock {
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
