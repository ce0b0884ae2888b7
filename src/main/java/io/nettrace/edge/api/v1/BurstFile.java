package io.nettrace.edge.api.v1;

import com.fasterxml.jackson.core.JsonGenerator;
import io.nettrace.sample.BurstSample;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Bursts written one after another; nothing of them is kept. */
sealed interface BurstFile {

  static BurstFile open(ExportResource.Format format, OutputStream out, Subject subject)
      throws IOException {
    return switch (format) {
      case CSV -> new Csv(out, subject);
      case JSON -> new Json(out, subject);
    };
  }

  void write(BurstSample burst);

  /** The end; a file that broke off has none, so that its reader can tell. */
  void finish() throws IOException;

  /** A line per burst; an unknown value is an empty field. */
  final class Csv implements BurstFile {
    private static final String HEADER =
        "observed_at,host,target_id,vantage_point,simulated,method,mode,address,sent,received,"
            + "send_failures,loss_ratio,rtt_min_ms,rtt_mean_ms,rtt_p50_ms,rtt_p90_ms,rtt_p95_ms,"
            + "rtt_p99_ms,rtt_max_ms,ipdv_ms,pdv_ms";

    private final Writer out;
    private final Subject subject;

    private Csv(OutputStream out, Subject subject) throws IOException {
      this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
      this.subject = subject;
      this.out.write(HEADER + "\r\n");
    }

    @Override
    public void write(BurstSample burst) {
      try {
        out.write(line(BurstView.of(burst)) + "\r\n");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private String line(BurstView b) {
      BurstView.@Nullable DelaysView d = b.rttMs();
      Stream<@Nullable Object> what =
          Stream.of(
              b.observedAt(),
              subject.target().host(),
              subject.target().id(),
              subject.vantagePoint().name(),
              subject.vantagePoint().simulated(),
              b.method(),
              b.mode(),
              b.address(),
              b.sent(),
              b.received(),
              b.sendFailures(),
              b.lossRatio());
      Stream<@Nullable Object> delays =
          d == null
              ? Stream.generate(() -> (Object) "").limit(9)
              : Stream.of(
                  d.min(), d.mean(), d.p50(), d.p90(), d.p95(), d.p99(), d.max(), d.ipdv(),
                  d.pdv());
      return Stream.concat(what, delays)
          .map(value -> value == null ? "" : value.toString())
          .collect(Collectors.joining(","));
    }

    @Override
    public void finish() throws IOException {
      out.flush();
    }
  }

  /** One document with an array of bursts. */
  final class Json implements BurstFile {
    private final JsonGenerator json;

    private Json(OutputStream out, Subject subject) throws IOException {
      json = io.nettrace.edge.api.v1.Json.writer().createGenerator(out);
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.writeStartObject();
      json.writeStringField("host", subject.target().host());
      json.writeStringField("target_id", subject.target().id());
      json.writeStringField("vantage_point", subject.vantagePoint().name());
      json.writeBooleanField("simulated", subject.vantagePoint().simulated());
      json.writeArrayFieldStart("items");
    }

    @Override
    public void write(BurstSample burst) {
      try {
        io.nettrace.edge.api.v1.Json.writer().writeValue(json, BurstView.of(burst));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void finish() throws IOException {
      json.writeEndArray();
      json.writeEndObject();
      json.flush();
    }
  }
}
