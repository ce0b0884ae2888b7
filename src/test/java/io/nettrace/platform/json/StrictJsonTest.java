package io.nettrace.platform.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
  record Wish(
      @Nullable String host,
      @Nullable Integer port,
      @Nullable Long intervalSeconds,
      @Nullable Boolean paused,
      @Nullable List<String> tags,
      @Nullable Double share,
      @Nullable Instant expiresAt,
      @Nullable Inner inner) {}

  record Inner(int count, boolean good) {}

  @Test
  void whatIsMeantIsRead() throws Exception {
    Wish wish =
        read(
            """
            {"host": "a.example", "port": 443, "interval_seconds": 60, "paused": false,
             "tags": ["x", "\\ud83d\\ude00"], "share": 1, "expires_at": "2026-01-31T12:00:00+01:00",
             "inner": {"count": 1, "good": true}}
            """);
    assertThat(wish)
        .isEqualTo(
            new Wish(
                "a.example",
                443,
                60L,
                false,
                List.of("x", "😀"),
                1.0,
                Instant.parse("2026-01-31T11:00:00Z"),
                new Inner(1, true)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "port | 443.9",
        "port | 65535.9",
        "port | \"443\"",
        "port | \" 443 \"",
        "port | \"\"",
        "port | true",
        "port | []",
        "port | {}",
        "port | 99999999999",
        "port | 1e400",
        "interval_seconds | 10.5",
        "interval_seconds | \"60\"",
        "interval_seconds | 123456789012345678901234567890",
        "paused | \"false\"",
        "paused | \"\"",
        "paused | 1",
        "paused | 0",
        "paused | 1.0",
        "host | 123",
        "host | 1.5",
        "host | true",
        "host | []",
        "host | [\"a\"]",
        "host | {}",
        "host | \"a\\ud800b\"",
        "host | \"\\udc00\"",
        "tags | \"x\"",
        "tags | {}",
        "tags | 1",
        "tags | \"\"",
        "tags[0] | [1]",
        "tags[0] | [null]",
        "tags[1] | [\"x\", [\"y\"]]",
        "tags[1] | [\"x\", \"\\udbff\"]",
        "share | \"1\"",
        "share | 1e400",
        "share | true",
        "expires_at | 1767225600",
        "expires_at | 1767225600.5",
        "expires_at | \"1767225600.5\"",
        "expires_at | \"-1\"",
        "expires_at | \"2016-12-31T23:59:60Z\"",
        "expires_at | \"2026-06-30T24:00:00Z\"",
        "expires_at | \"\"",
        "expires_at | [2026,1,1]",
        "inner | \"\"",
        "inner | []",
        "inner | 7",
        "inner.count | {\"count\": \"1\"}",
        "inner.count | {\"count\": null}",
        "inner.good | {\"good\": 1}",
        "inner.other | {\"count\": 1, \"good\": true, \"other\": 1}",
        "other | 1",
      })
  void aValueOfAnotherKindIsRefusedByName(String member, String value) {
    String name = member.replaceAll("[.\\[].*", "");
    assertThat(fault("{\"%s\": %s}".formatted(name, value)).member()).isEqualTo(member);
  }

  @Test
  void aMemberThatIsGivenTwiceIsRefusedByName() {
    JsonFault twice = fault("{\"host\": \"a\", \"host\": \"b\"}");
    assertThat(twice.member()).isEqualTo("host");
    assertThat(twice.reason()).startsWith("is given more than once (line 1,");
    assertThat(fault("{\"host\": \"a\", \"\\u0068ost\": \"a\"}").member()).isEqualTo("host");
    assertThat(fault("{\"inner\": {\"count\": 1, \"count\": 1}}").member()).isEqualTo("count");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{} {\"x\":1}", "{}]", "{}xyz", "{}{}", "{},", "{}\uFEFF", "{}\u00a0", "{} 1"})
  void whateverStandsBehindTheDocumentIsRefused(String json) {
    assertThat(fault(json).reason()).isEqualTo("it goes on after the end of the document");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "{",
        "{\"host\":",
        "{'host':'a'}",
        "{host:1}",
        "{\"port\":NaN}",
        "{\"port\":+1}",
        "{\"port\":0x1}",
        "{\"port\":01}",
        "{\"port\":1,}",
        "{/**/}",
        "[1",
        "\"a",
        "{\"host\":\"a\tb\"}",
        "nul",
        "\uFEFF\uFEFF{}",
        "[]",
        "1",
        "\"\"",
        "true"
      })
  void whatIsNoDocumentOfTheKindIsRefusedAsAWhole(String json) {
    assertThat(fault(json).isOfWhole()).isTrue();
  }

  @Test
  void onlyUtf8IsRead() throws Exception {
    String json = "{\"host\": \"a.example\"}";
    for (String other : List.of("UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE")) {
      assertThat(fault(json.getBytes(Charset.forName(other))).reason()).as(other).contains("UTF-8");
    }
    assertThat(fault(bytes(0xC0, 0x80)).reason()).isEqualTo("it is not UTF-8");
    assertThat(fault(bytes(0xED, 0xA0, 0x80)).reason()).isEqualTo("it is not UTF-8");
    assertThat(fault(bytes(0xE9)).reason()).isEqualTo("it is not UTF-8");
    assertThat(fault(bytes(0xF4, 0x90, 0x80, 0x80)).reason()).isEqualTo("it is not UTF-8");
    assertThat(read("\uFEFF" + json).host()).isEqualTo("a.example");
  }

  @Test
  void depthAndLengthOfNumbersAreBounded() {
    assertThat(fault("[".repeat(100_000)).reason()).contains("nested too deeply");
    assertThat(fault("{\"a\":".repeat(65) + "1" + "}".repeat(65)).reason())
        .contains("nested too deeply");
    assertThat(fault("{\"port\": " + "9".repeat(10_000) + "}").reason()).contains("too long");
  }

  @Test
  void aRefusalSaysWhatIsTaken() {
    assertThat(fault("{\"port\": 443.9}").reason()).isEqualTo("must be a whole number");
    assertThat(fault("{\"paused\": 1}").reason()).isEqualTo("must be true or false");
    assertThat(fault("{\"host\": 1}").reason()).isEqualTo("must be a text");
    assertThat(fault("{\"tags\": 1}").reason()).isEqualTo("must be a list");
    assertThat(fault("{\"other\": 1}").reason()).contains("known are").contains("expires_at");
    assertThat(fault("{\"expires_at\": \"1767225600000\"}").reason()).contains("milliseconds");
  }

  private static Wish read(String json) throws JsonFaultException {
    return StrictJson.read(json.getBytes(StandardCharsets.UTF_8), Wish.class);
  }

  private static JsonFault fault(String json) {
    return fault(json.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonFault fault(byte[] json) {
    JsonFault[] found = new JsonFault[1];
    assertThatThrownBy(() -> StrictJson.read(json, Wish.class))
        .as(new String(json, StandardCharsets.UTF_8))
        .isInstanceOfSatisfying(JsonFaultException.class, e -> found[0] = e.fault());
    return found[0];
  }

  /** A document whose text is these bytes. */
  private static byte[] bytes(int... text) {
    byte[] before = "{\"host\": \"".getBytes(StandardCharsets.US_ASCII);
    byte[] after = "\"}".getBytes(StandardCharsets.US_ASCII);
    byte[] all = new byte[before.length + text.length + after.length];
    System.arraycopy(before, 0, all, 0, before.length);
    for (int i = 0; i < text.length; i++) {
      all[before.length + i] = (byte) text[i];
    }
    System.arraycopy(after, 0, all, before.length + text.length, after.length);
    return all;
  }
}
