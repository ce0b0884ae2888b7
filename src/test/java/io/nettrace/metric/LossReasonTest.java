package io.nettrace.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LossReasonTest {
  private static final InetAddress ROUTER = InetAddress.ofLiteral("10.0.0.1");
  private static final InetAddress OTHER = InetAddress.ofLiteral("2001:db8:0:0::9");

  @Test
  void reasonsAreOneLineThatReadsBackEqual() {
    List<LossReason> losses =
        List.of(
            new LossReason(2, ROUTER, Optional.of(new Refusal(3, 13))),
            new LossReason(1, OTHER, Optional.empty()));
    assertThat(LossReason.text(losses)).isEqualTo("2 10.0.0.1 3/13; 1 2001:db8::9");
    assertThat(LossReason.read(LossReason.text(losses))).isEqualTo(losses);
    assertThat(LossReason.text(List.of())).isEmpty();
    assertThat(LossReason.read("")).isEmpty();
  }

  @Test
  void inWordsItIsToldWhoDidWhat() {
    assertThat(new LossReason(2, OTHER, Optional.of(new Refusal(1, 1))).words())
        .isEqualTo("2 refused by 2001:db8::9, prohibited by a filter (ICMP type 1 code 1)");
    assertThat(new LossReason(1, ROUTER, Optional.empty()).words())
        .isEqualTo("1 answered by 10.0.0.1");
  }
}
