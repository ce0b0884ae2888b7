package io.nettrace.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.MalformedInputException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class ClientFaultsTest {

  @Test
  void whatBreaksOffIsTheClientsAndWhatFailsHereIsOurs() {
    assertThat(ClientFaults.isOne(new SocketException("Connection reset"))).isTrue();
    assertThat(ClientFaults.isOne(new IOException(new MalformedInputException(1)))).isTrue();
    assertThat(ClientFaults.isOne(new IOException("No space left on device"))).isFalse();
    assertThat(ClientFaults.isOne(new NullPointerException())).isFalse();
    assertThat(ClientFaults.isOne(new SQLException("gone", new SocketException("reset"))))
        .isFalse();
  }
}
