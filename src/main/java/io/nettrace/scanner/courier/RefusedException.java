package io.nettrace.scanner.courier;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;

/** The control plane answered, but not with yes. */
final class RefusedException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private final int status;
  private final Optional<Duration> retryAfter;

  RefusedException(String path, int status, HttpHeaders headers) {
    super(path + " was answered with status " + status);
    this.status = status;
    this.retryAfter = headers.firstValue("Retry-After").flatMap(RefusedException::seconds);
  }

  /** No repetition will change the answer: the message itself is at fault. */
  boolean isFinal() {
    return status == 400 || status == 413 || status == 422;
  }

  /** The control plane does not know this run of the scanner: it should say hello. */
  boolean isUnwelcome() {
    return status == 409;
  }

  Optional<Duration> retryAfter() {
    return retryAfter;
  }

  private static Optional<Duration> seconds(String value) {
    try {
      long seconds = Long.parseLong(value.strip());
      return Optional.of(Duration.ofSeconds(Math.clamp(seconds, 0, LONGEST_WAIT.toSeconds())));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
