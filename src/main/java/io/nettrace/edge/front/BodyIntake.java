package io.nettrace.edge.front;

import io.nettrace.platform.Causes;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Reads a request's body before anything is done for it. It ends early when the body is too long,
 * takes longer than its time, comes at less than the least rate, or when all bodies together hold
 * too much memory.
 */
final class BodyIntake {
  /** What a body has to come at once the first seconds are over; a drip is an attack. */
  private static final int LEAST_BYTES_PER_SECOND = 256;

  private static final long GRACE_NANOS = Duration.ofSeconds(2).toNanos();
  private static final int CHUNK_BYTES = 8_192;

  private final int mostBytes;
  private final long mostBytesOfAll;
  private final long timeoutNanos;
  private final LongSupplier nanos;
  private final AtomicLong held = new AtomicLong();

  sealed interface Intake {
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Whole(byte[] body) implements Intake {}

    record TooLong() implements Intake {}

    record TooSlow() implements Intake {}

    record NoRoom() implements Intake {}

    /** The client ended it, or sent what is no body. */
    record Broken(String reason) implements Intake {}
  }

  BodyIntake(int mostBytes, long mostBytesOfAll, Duration timeout, LongSupplier nanos) {
    this.mostBytes = mostBytes;
    this.mostBytesOfAll = mostBytesOfAll;
    this.timeoutNanos = timeout.toNanos();
    this.nanos = nanos;
  }

  /** Whether a request has a body at all. */
  static boolean has(HttpServletRequest request) {
    return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
  }

  Intake read(HttpServletRequest request) {
    if (request.getContentLengthLong() > mostBytes) {
      return new Intake.TooLong();
    }
    try {
      return read(request.getInputStream(), request.getContentLengthLong());
    } catch (IOException e) {
      return isTimeout(e)
          ? new Intake.TooSlow()
          : new Intake.Broken(String.valueOf(e.getMessage()));
    }
  }

  /** When {@link Intake.Whole} was returned, {@link #forget} has to be called with its length. */
  Intake read(InputStream in, long announced) throws IOException {
    long begun = nanos.getAsLong();
    ByteArrayOutputStream body = new ByteArrayOutputStream(Math.clamp(announced, 0, CHUNK_BYTES));
    byte[] chunk = new byte[CHUNK_BYTES];
    boolean isWhole = false;
    try {
      while (true) {
        // a request that also asks for an upgrade has no end of its own: what was announced counts
        int read = body.size() == announced ? -1 : in.read(chunk);
        if (read < 0) {
          isWhole = true;
          return new Intake.Whole(body.toByteArray());
        }
        if (announced >= 0 && body.size() + read > announced) {
          return new Intake.Broken("it is longer than was announced");
        }
        if (body.size() + read > mostBytes) {
          return new Intake.TooLong();
        }
        if (held.addAndGet(read) > mostBytesOfAll) {
          held.addAndGet(-read);
          return new Intake.NoRoom();
        }
        body.write(chunk, 0, read);
        if (isTooSlow(nanos.getAsLong() - begun, body.size())) {
          return new Intake.TooSlow();
        }
      }
    } finally {
      if (!isWhole) {
        held.addAndGet(-body.size());
      }
    }
  }

  void forget(int bytes) {
    held.addAndGet(-bytes);
  }

  private boolean isTooSlow(long taken, int bytes) {
    return taken > timeoutNanos
        || (taken > GRACE_NANOS
            && bytes < Duration.ofNanos(taken).toMillis() * LEAST_BYTES_PER_SECOND / 1000);
  }

  private static boolean isTimeout(IOException e) {
    return Causes.first(e, TimeoutException.class).isPresent()
        || Causes.first(e, SocketTimeoutException.class).isPresent();
  }
}
