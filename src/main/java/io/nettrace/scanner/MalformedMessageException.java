package io.nettrace.scanner;

import org.jspecify.annotations.Nullable;

/** Bytes that are not the message they should be. */
public final class MalformedMessageException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedMessageException(String reason, @Nullable Throwable cause) {
    super(reason, cause);
  }
}
