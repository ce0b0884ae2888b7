package io.nettrace.edge.portal.record;

import io.nettrace.edge.portal.OpenRights;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One open overview. A slow one holds up no other: what cannot be written at once is replaced by
 * the whole table when its connection has room again.
 */
final class Listener implements WriteListener {
  private final AsyncContext context;
  private final ServletOutputStream out;
  private final OpenRights.Held held;
  private final Optional<String> from;
  private final long openedNanos = System.nanoTime();
  private byte @Nullable [] missed;
  private boolean isOver;

  Listener(AsyncContext context, OpenRights.Held held, Optional<String> from) throws IOException {
    this.context = context;
    this.out = context.getResponse().getOutputStream();
    this.held = held;
    this.from = from;
  }

  /** What it was opened with. */
  OpenRights.Held held() {
    return held;
  }

  long ageNanos() {
    return System.nanoTime() - openedNanos;
  }

  /** The vantage point that its page looks from. */
  Optional<String> from() {
    return from;
  }

  /** Begins with what is known. */
  synchronized void begin(byte[] whole) {
    missed = whole;
    out.setWriteListener(this);
  }

  /**
   * Sends what changed, if there is room.
   *
   * @param whole everything, for when there is none
   */
  synchronized void send(byte[] changed, byte[] whole) {
    if (isOver) {
      return;
    }
    if (missed != null || !out.isReady()) {
      missed = whole;
      return;
    }
    write(changed);
  }

  @Override
  public synchronized void onWritePossible() {
    byte[] whole = missed;
    if (whole != null && !isOver && out.isReady()) {
      missed = null;
      write(whole);
    }
  }

  @Override
  public void onError(Throwable thrown) {
    end();
  }

  synchronized void end() {
    if (!isOver) {
      isOver = true;
      try {
        context.complete();
      } catch (IllegalStateException e) {
        // the container was faster
      }
    }
  }

  private void write(byte[] event) {
    try {
      out.write(event);
      if (out.isReady()) {
        out.flush();
      }
    } catch (IOException | IllegalStateException e) {
      end();
    }
  }
}
