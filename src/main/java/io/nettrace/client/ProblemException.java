package io.nettrace.client;

import java.io.IOException;

/** The API refused: RFC 9457's problem, as far as a program needs it. */
public final class ProblemException extends IOException {
  private final int status;
  private final String type;
  private final String traceId;

  ProblemException(int status, String type, String detail, String traceId) {
    super("%d %s: %s (trace id %s)".formatted(status, type, detail, traceId));
    this.status = status;
    this.type = type;
    this.traceId = traceId;
  }

  public int status() {
    return status;
  }

  /** Last part of the problem's type, such as {@code unknown-host}. */
  public String type() {
    return type;
  }

  /** To be quoted when asking about this request. */
  public String traceId() {
    return traceId;
  }
}
