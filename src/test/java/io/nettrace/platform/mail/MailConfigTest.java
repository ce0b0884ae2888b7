package io.nettrace.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.platform.Settings;
import io.nettrace.testing.MailRuntime;
import jakarta.mail.internet.InternetAddress;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the settings take is what the mail library takes. */
@ExtendWith(MailRuntime.class)
class MailConfigTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ops@nettrace.example",
        "ops+mail@nettrace.example",
        "o.p_s@localhost",
        "NetTrace <no-reply@nettrace.example>",
        "<no-reply@nettrace.example>",
        "Übersicht & Co <no-reply@nettrace.example>",
        "\"NetTrace, Inc.\" <no-reply@nettrace.example>"
      })
  void aSenderIsOneAddressWithANameOrWithout(String from) throws Exception {
    MailConfig config = MailConfig.from(Settings.of(Map.of("nettrace.mail.from", from)));

    assertThat(config.from()).isEqualTo(from);
    assertThat(InternetAddress.parse(from, true)).hasSize(1);
  }
}
