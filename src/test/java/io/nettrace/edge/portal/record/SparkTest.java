package io.nettrace.edge.portal.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.sample.Stretch;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SparkTest {
  private static final Stretch SLOW = new Stretch(10, 10, OptionalLong.of(20_000_000));
  private static final Stretch FAST = new Stretch(10, 10, OptionalLong.of(10_000_000));
  private static final Stretch LOST = new Stretch(10, 0, OptionalLong.empty());
  private static final Stretch UNMEASURED = new Stretch(0, 0, OptionalLong.empty());

  @Test
  void theLeastStandsBelowAndTheMostAbove() {
    assertThat(Spark.of(List.of(FAST, SLOW)).line()).isEqualTo("M0.0 19.0L96.0 1.0");
  }

  @Test
  void whatHardlyMovesIsDrawnFlat() {
    Stretch nearly = new Stretch(10, 10, OptionalLong.of(10_010_000));
    assertThat(Spark.of(List.of(FAST, nearly)).line()).isEqualTo("M0.0 10.1L96.0 9.9");
  }

  @Test
  void lossBreaksTheLineAndLeavesAMark() {
    Spark spark = Spark.of(List.of(FAST, LOST, FAST));
    assertThat(spark.line()).matches("M0.0 [0-9.]+h1.5M96.0 [0-9.]+h1.5");
    assertThat(spark.gaps()).isEqualTo("M48.0 20.0v-5");
  }

  @Test
  void whatWasNotMeasuredIsLeftOut() {
    Spark spark = Spark.of(List.of(UNMEASURED, FAST, UNMEASURED, SLOW));
    assertThat(spark.line()).isEqualTo("M32.0 19.0L96.0 1.0");
    assertThat(spark.gaps()).isEmpty();
    assertThat(Spark.of(List.of())).isEqualTo(new Spark("", ""));
  }
}
