package io.nettrace.platform.web;

import io.nettrace.platform.crypto.Sha256;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * An answer that many ask for, kept as bytes, plain and packed, each with a validator of its own.
 * Serving it costs what a file costs.
 */
public final class KeptAnswer {
  private static final int TAG_BYTES = 12;

  private final byte[] plain;
  private final byte[] packed;
  private final String tag;
  private final String type;
  private final Map<String, String> headers;

  /** {@code headers} are those of the answer beside type, length, validator and encoding. */
  public KeptAnswer(byte[] plain, String type, Map<String, String> headers) {
    this.plain = plain.clone();
    this.packed = pack(plain);
    this.tag = tag(plain);
    this.type = type;
    this.headers = Map.copyOf(headers);
  }

  public void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
    boolean isPacked = AcceptedCodings.takesGzip(request.getHeader("Accept-Encoding"));
    String own = isPacked ? "\"" + tag + "-gzip\"" : "\"" + tag + "\"";
    headers.forEach(response::setHeader);
    response.setHeader("ETag", own);
    response.setHeader("Vary", "Accept-Encoding, Cookie");
    if (isKnown(request, own)) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    byte[] body = isPacked ? packed : plain;
    if (isPacked) {
      response.setHeader("Content-Encoding", AcceptedCodings.GZIP);
    }
    response.setContentType(type);
    response.setContentLength(body.length);
    if (!request.getMethod().equals("HEAD")) {
      response.getOutputStream().write(body);
    }
  }

  /** Tags of ours hold no comma, so a list can be taken apart at its commas. */
  private static boolean isKnown(HttpServletRequest request, String own) {
    return Collections.list(request.getHeaders("If-None-Match")).stream()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .map(String::strip)
        .map(known -> known.startsWith("W/") ? known.substring(2) : known)
        .anyMatch(known -> known.equals("*") || known.equals(own));
  }

  private static byte[] pack(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out =
        new GZIPOutputStream(bytes) {
          {
            def.setLevel(Deflater.BEST_COMPRESSION);
          }
        }) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private static String tag(byte[] bytes) {
    byte[] sum = Sha256.of(bytes);
    return HexFormat.of().formatHex(sum, 0, TAG_BYTES);
  }
}
