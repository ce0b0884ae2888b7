package io.nettrace.export;

import io.nettrace.platform.crypto.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Arrays;

/** Bytes cut into pieces of equal length, counted and digested on their way. */
final class PieceOutput extends OutputStream {

  /** Takes each piece; the last one may be shorter. */
  @FunctionalInterface
  interface Sink {
    void take(int piece, byte[] content) throws IOException;
  }

  private final Sink sink;
  private final byte[] buffer;
  private final MessageDigest digest;
  private int length;
  private int pieces;
  private long bytes;

  PieceOutput(int pieceBytes, Sink sink) {
    this.sink = sink;
    this.buffer = new byte[pieceBytes];
    this.digest = Sha256.digest();
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] source, int from, int count) throws IOException {
    int at = from;
    int end = from + count;
    while (at < end) {
      int part = Math.min(end - at, buffer.length - length);
      System.arraycopy(source, at, buffer, length, part);
      length += part;
      at += part;
      if (length == buffer.length) {
        hand();
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (length > 0) {
      hand();
    }
  }

  long bytes() {
    return bytes;
  }

  /** Of everything written; once, at the end. */
  byte[] sha256() {
    return digest.digest();
  }

  private void hand() throws IOException {
    digest.update(buffer, 0, length);
    bytes += length;
    sink.take(pieces++, Arrays.copyOf(buffer, length));
    length = 0;
  }
}
