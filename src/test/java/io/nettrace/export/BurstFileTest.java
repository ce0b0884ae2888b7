package io.nettrace.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdInputStream;
import com.jerolba.carpet.CarpetReader;
import io.nettrace.metric.DelaySummary;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BurstFileTest {
  private static final Source NYSE = new Source("www.nyse.com", "nyse", "lab-ewr", true);
  private static final Row ANSWERED =
      burst(
          "2024-02-29T23:59:59.000001Z",
          Optional.of(
              new DelaySummary(
                  999_999,
                  2_000_000,
                  2_500_000,
                  3,
                  4_000_040,
                  5_000_000,
                  123_456_789,
                  OptionalLong.empty(),
                  1)),
          "1 10.0.0.1 3/13; 1 10.0.0.9");
  private static final Row SILENT = burst("2024-03-01T00:00:00Z", Optional.empty(), "");

  @TempDir Path folder;

  @Test
  void aCsvFileHasALinePerBurstWithExactMillisecondsAndEmptyUnknowns() throws Exception {
    assertThat(new String(written(Format.CSV), StandardCharsets.UTF_8).split("\r\n"))
        .containsExactly(
            "observed_at,host,target_id,vantage_point,simulated,method,mode,address,sent,received,"
                + "send_failures,loss_ratio,rtt_min_ms,rtt_mean_ms,rtt_p50_ms,rtt_p90_ms,"
                + "rtt_p95_ms,rtt_p99_ms,rtt_max_ms,ipdv_ms,pdv_ms,known_at,revision,losses",
            "2024-02-29T23:59:59.000001Z,www.nyse.com,nyse,lab-ewr,true,icmp,raw,198.19.0.1,10,8,0,"
                + "0.2,0.999999,2,2.5,0.000003,4.00004,5,123.456789,,0.000001,"
                + "2024-03-01T00:00:02.500000Z,0,1 10.0.0.1 3/13; 1 10.0.0.9",
            "2024-03-01T00:00:00.000000Z,www.nyse.com,nyse,lab-ewr,true,icmp,raw,198.19.0.1,10,0,0,"
                + "1.0,,,,,,,,,,2024-03-01T00:00:02.500000Z,0,");
  }

  @Test
  void anNdjsonFileHasTheSameValuesWithoutTheUnknownOnes() throws Exception {
    List<String> lines =
        new String(written(Format.NDJSON), StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(2);
    JsonNode first = new ObjectMapper().readTree(lines.getFirst());
    assertThat(first.at("/rtt_max_ms").decimalValue()).isEqualByComparingTo("123.456789");
    assertThat(first.has("ipdv_ms")).isFalse();
    assertThat(first.at("/losses").textValue()).isEqualTo("1 10.0.0.1 3/13; 1 10.0.0.9");
    assertThat(new ObjectMapper().readTree(lines.get(1)).has("losses")).isFalse();
    assertThat(new ObjectMapper().readTree(lines.get(1)).has("rtt_p50_ms")).isFalse();
  }

  @Test
  void aJsonFileIsOneDocument() throws Exception {
    JsonNode document = new ObjectMapper().readTree(written(Format.JSON));
    assertThat(document.at("/items")).hasSize(2);
    assertThat(document.at("/simulated").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void aParquetFileHasTheSameColumnsHoweverItIsCompressed(Compression compression)
      throws Exception {
    Path file = folder.resolve("bursts.parquet");
    try (OutputStream out = Files.newOutputStream(file)) {
      write(Format.PARQUET, compression, out);
    }
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> rows =
        new CarpetReader<>(file.toFile(), Map.class)
            .stream().map(row -> (Map<String, Object>) row).toList();
    assertThat(rows).hasSize(2);
    assertThat(rows.getFirst().keySet()).containsExactlyInAnyOrderElementsOf(BurstColumns.NAMES);
    assertThat(rows.getFirst())
        .containsEntry("observed_at", Instant.parse("2024-02-29T23:59:59.000001Z"))
        .containsEntry("rtt_max_ms", 123.456789)
        .containsEntry("losses", "1 10.0.0.1 3/13; 1 10.0.0.9");
    assertThat(rows.get(1)).containsEntry("rtt_p50_ms", null).containsEntry("losses", null);
  }

  @Test
  void compressedBytesAreReadByTheUsualReaders() throws Exception {
    byte[] plain = written(Format.CSV);
    assertThat(new GZIPInputStream(compressed(plain, Compression.GZIP)).readAllBytes())
        .isEqualTo(plain);
    assertThat(new ZstdInputStream(compressed(plain, Compression.ZSTD)).readAllBytes())
        .isEqualTo(plain);
  }

  private static ByteArrayInputStream compressed(byte[] plain, Compression compression)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = compression.around(bytes)) {
      out.write(plain);
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }

  private static byte[] written(Format format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    write(format, Compression.NONE, bytes);
    return bytes.toByteArray();
  }

  private static void write(Format format, Compression compression, OutputStream out)
      throws IOException {
    BurstFile file = BurstFile.open(format, compression, out, NYSE);
    file.write(ANSWERED);
    file.write(SILENT);
    file.finish();
  }

  private static Row burst(String time, Optional<DelaySummary> delays, String losses) {
    return new Row(Instant.parse(time), delays, losses);
  }
}
