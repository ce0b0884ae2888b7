package io.nettrace.lab.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.lab.packet.Probe;
import io.nettrace.lab.packet.ProbeBytes;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class DelayLogTest {
  private final Probe probe = new Probe();
  private final LabReply reply = new LabReply(64);

  @Test
  void anEntryTellsTheProbeItsResponderAndTheTrueDelay() {
    DelayLog log = new DelayLog(4);
    log(log, 1_000, 0x0102, 3);
    DelayLog.Entry entry = log.entries().getFirst();
    assertThat(entry.destination().getHostAddress()).isEqualTo(ScenarioKit.HOST);
    assertThat(entry.responder().getHostAddress()).isEqualTo(ScenarioKit.HOST);
    assertThat(entry.identifier()).isEqualTo(0x01020003);
    assertThat(entry.ttl()).isEqualTo(9);
    assertThat(entry.protocol()).isEqualTo(1);
    assertThat(entry.rttNanos()).isEqualTo(7_000);
  }

  @Test
  void theLogRemembersTheLastEntriesOnly() {
    DelayLog log = new DelayLog(4);
    for (int i = 0; i < 10; i++) {
      log(log, 1_000, 1, i);
    }
    assertThat(log.position()).isEqualTo(10);
    assertThat(log.entries())
        .extracting(DelayLog.Entry::identifier)
        .containsExactly(0x10006, 0x10007, 0x10008, 0x10009);
    assertThat(log.since(8)).hasSize(2);
    assertThat(log.since(10)).isEmpty();
  }

  private void log(DelayLog log, long readNanos, int id, int sequence) {
    ByteBuffer echo = ProbeBytes.echo(ScenarioKit.VANTAGE, ScenarioKit.HOST, 9, id, sequence);
    assertThat(probe.read(echo, echo.limit())).isTrue();
    reply.answers(probe, readNanos);
    log.add(reply, readNanos + 7_000);
  }
}
