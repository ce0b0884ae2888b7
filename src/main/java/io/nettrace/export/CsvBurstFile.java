package io.nettrace.export;

import io.nettrace.platform.csv.CsvLine;
import io.nettrace.sample.BurstRow;
import java.io.IOException;
import java.io.OutputStream;

/** A line per burst, as {@link CsvLine} writes it; an unknown value is an empty field. */
final class CsvBurstFile implements BurstFile, BurstColumns.Sink {
  private final OutputStream out;
  private final TextBytes text;
  private final Source source;
  private boolean atStart = true;

  CsvBurstFile(OutputStream out, Source source) throws IOException {
    this.out = out;
    this.text = new TextBytes(out);
    this.source = source;
    text.put(CsvLine.header(BurstColumns.NAMES));
  }

  @Override
  public void write(BurstRow burst) throws IOException {
    atStart = true;
    BurstColumns.write(burst, source, this);
    text.put(CsvLine.END);
  }

  @Override
  public void finish() throws IOException {
    text.flush();
    out.flush();
  }

  @Override
  public void time(long micros) throws IOException {
    next();
    text.putTime(micros);
  }

  @Override
  public void text(String value) throws IOException {
    next();
    if (!value.isEmpty()) {
      text.put(CsvLine.field(value));
    }
  }

  @Override
  public void flag(boolean value) throws IOException {
    next();
    text.put(value ? "true" : "false");
  }

  @Override
  public void count(int value) throws IOException {
    next();
    text.put(value);
  }

  @Override
  public void ratio(double value) throws IOException {
    next();
    text.put(value == 0 ? "0" : Double.toString(value));
  }

  @Override
  public void nanos(long value) throws IOException {
    next();
    text.putMillis(value);
  }

  @Override
  public void unknown() throws IOException {
    next();
  }

  private void next() throws IOException {
    if (!atStart) {
      text.put(',');
    }
    atStart = false;
  }
}
