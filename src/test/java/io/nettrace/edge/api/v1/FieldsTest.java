package io.nettrace.edge.api.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.edge.api.http.RefusalException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {
  /** An item with one member of each kind. */
  private record Item(String host, Rtt rttMs, Map<String, Double> percentiles, List<String> path) {}

  private record Rtt(double p50, double p99) {}

  private static final Item ITEM =
      new Item("a.example", new Rtt(1.5, 2.5), Map.of("p99.9", 3.0), List.of("x"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "host|{\"host\":\"a.example\"}",
        "rtt_ms.p50|{\"rtt_ms\":{\"p50\":1.5}}",
        "rtt_ms|{\"rtt_ms\":{\"p50\":1.5,\"p99\":2.5}}",
        "percentiles.p99.9|{\"percentiles\":{\"p99.9\":3.0}}"
      })
  void whatIsNamedIsLeft(String fields, String expected) {
    assertThat(fields(fields).of(List.of(ITEM), Item.class).getFirst()).hasToString(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nope", "rtt_ms.nope", "rtt_ms.p50.x", "path.x", "host.x", "percentiles.p50.x"})
  void whatNoItemHasIsRefusedByName(String fields) {
    assertThatThrownBy(() -> fields(fields).of(List.of(ITEM), Item.class))
        .isInstanceOfSatisfying(
            RefusalException.class,
            refusal -> assertThat(refusal.problem().detail()).contains("fields"));
  }

  private static Fields fields(String text) {
    QueryParameters query = OwnTargetsIT.query("fields=" + text);
    return Fields.of(query).orElseThrow();
  }
}
