package io.nettrace.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nettrace.lab.scenario.LabEvent;
import io.nettrace.lab.scenario.ScheduledEvent;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTextTest {

  @Test
  void everyKindOfEventCanBeTyped() {
    assertThat(event("route-flip a.test,b.test detour"))
        .isEqualTo(new LabEvent.RouteFlip(List.of("a.test", "b.test"), "detour"));
    assertThat(event("delay-step gw 20ms")).isEqualTo(new LabEvent.DelayStep("gw", 20));
    assertThat(event("delay-step gw 1.5s")).isEqualTo(new LabEvent.DelayStep("gw", 1_500));
    assertThat(event("loss gw 0.1")).isEqualTo(new LabEvent.Loss("gw", 0.1));
    assertThat(event("outage gw")).isEqualTo(new LabEvent.Outage("gw"));
    assertThat(event("restore gw")).isEqualTo(new LabEvent.Restore("gw"));
    assertThat(event("answer-change a.test 198.19.0.1,2001:db8::1"))
        .isEqualTo(
            new LabEvent.AnswerChange(
                "a.test",
                List.of(
                    InetAddress.ofLiteral("198.19.0.1"), InetAddress.ofLiteral("2001:db8::1"))));
  }

  @Test
  void anEventHasATimeAndALengthWhenTheyAreSaid() {
    assertThat(EventText.parse(" at 5s outage gw  for 2m "))
        .isEqualTo(
            new ScheduledEvent(
                Duration.ofSeconds(5),
                new LabEvent.Outage("gw"),
                Optional.of(Duration.ofMinutes(2))));
    assertThat(EventText.parse("outage gw").at()).isZero();
    assertThat(EventText.parse("outage gw").duration()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "boom, not an event: boom",
    "outage, not an event: outage",
    "loss gw 2, from 0 to 1",
    "loss gw much, from 0 to 1",
    "delay-step gw 5 parsecs, not an event",
    "delay-step gw fast, not a duration",
    "delay-step gw -5ms, not a duration",
    "at noon outage gw, not a duration",
    "outage gw for ever, not a duration",
    "answer-change a.test nowhere, nowhere",
  })
  void whatCannotBeMeantIsRefusedWithAReason(String text, String reason) {
    assertThatThrownBy(() -> EventText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  private static LabEvent event(String text) {
    return EventText.parse(text).event();
  }
}
