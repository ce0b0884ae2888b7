package io.nettrace.lab.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.lab.packet.LabNameQuery.ResponseCode;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabNameQueryTest {
  /** Id 0x1234, recursion desired, www.Example.net, type A, class IN. */
  private static final byte[] QUERY =
      HexFormat.of()
          .parseHex("123401000001000000000000" + "03777777074578616d706c65036e6574" + "0000010001");

  @Test
  void aQuestionIsReadInLowerCase() {
    LabNameQuery query = LabNameQuery.read(ByteBuffer.wrap(QUERY), 0, QUERY.length).orElseThrow();
    assertThat(query.name()).isEqualTo("www.example.net");
    assertThat(query.type()).isEqualTo(LabNameQuery.A);
  }

  @Test
  void anAnswerPointsToTheNameOfTheQuestion() {
    LabNameQuery query = LabNameQuery.read(ByteBuffer.wrap(QUERY), 0, QUERY.length).orElseThrow();

    byte[] answer =
        query.answer(ResponseCode.NO_ERROR, 60, List.of(new byte[] {(byte) 198, 19, 0, 1}));

    assertThat(HexFormat.of().formatHex(answer))
        .isEqualTo(
            "123485800001000100000000"
                + "03777777076578616d706c65036e65740000010001"
                + "c00c000100010000003c0004c6130001");
  }

  @Test
  void everyTruncationIsRefused() {
    for (int length = 0; length < QUERY.length; length++) {
      assertThat(LabNameQuery.read(ByteBuffer.wrap(QUERY), 0, length))
          .as("%d bytes", length)
          .isEmpty();
    }
  }

  @Test
  void aNameThatPointsElsewhereIsRefused() {
    byte[] pointing = QUERY.clone();
    pointing[12] = (byte) 0xc0;
    assertThat(LabNameQuery.read(ByteBuffer.wrap(pointing), 0, pointing.length)).isEmpty();
  }
}
