package io.nettrace.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.nettrace.platform.time.TimeText;
import io.nettrace.sample.BurstRow;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** An object per burst; an unknown value is absent. */
final class JsonBurstFile implements BurstFile, BurstColumns.Sink {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MILLI_DECIMALS = 6;

  private final JsonGenerator json;
  private final Source source;
  private final boolean document;
  private int column;

  private JsonBurstFile(OutputStream out, Source source, boolean document) throws IOException {
    this.json = JSON.createGenerator(out);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    this.source = source;
    this.document = document;
  }

  /** One document with an array of bursts. */
  static JsonBurstFile document(OutputStream out, Source source) throws IOException {
    JsonBurstFile file = new JsonBurstFile(out, source, true);
    file.json.writeStartObject();
    file.json.writeStringField("host", source.host());
    file.json.writeStringField("target_id", source.targetId());
    file.json.writeStringField("vantage_point", source.vantagePoint());
    file.json.writeBooleanField("simulated", source.simulated());
    file.json.writeArrayFieldStart("items");
    return file;
  }

  /** A line per burst. */
  static JsonBurstFile lines(OutputStream out, Source source) throws IOException {
    JsonBurstFile file = new JsonBurstFile(out, source, false);
    file.json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
    return file;
  }

  @Override
  public void write(BurstRow burst) throws IOException {
    column = 0;
    json.writeStartObject();
    BurstColumns.write(burst, source, this);
    json.writeEndObject();
  }

  @Override
  public void finish() throws IOException {
    if (document) {
      json.writeEndArray();
      json.writeEndObject();
    } else {
      json.writeRaw('\n');
    }
    json.flush();
  }

  @Override
  public void time(long micros) throws IOException {
    text(TimeText.write(Instant.EPOCH.plus(micros, ChronoUnit.MICROS)));
  }

  @Override
  public void text(String value) throws IOException {
    json.writeStringField(name(), value);
  }

  @Override
  public void flag(boolean value) throws IOException {
    json.writeBooleanField(name(), value);
  }

  @Override
  public void count(int value) throws IOException {
    json.writeNumberField(name(), value);
  }

  @Override
  public void ratio(double value) throws IOException {
    json.writeNumberField(name(), value);
  }

  @Override
  public void nanos(long value) throws IOException {
    json.writeNumberField(name(), BigDecimal.valueOf(value, MILLI_DECIMALS));
  }

  @Override
  public void unknown() {
    column++;
  }

  private String name() {
    return BurstColumns.NAMES.get(column++);
  }
}
