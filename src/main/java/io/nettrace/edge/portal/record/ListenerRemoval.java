package io.nettrace.edge.portal.record;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/** Takes a listener out when its connection ends, for whatever reason. */
record ListenerRemoval(Listener listener, LiveRows rows) implements AsyncListener {
  @Override
  public void onComplete(AsyncEvent event) {
    rows.remove(listener);
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    rows.remove(listener);
    event.getAsyncContext().complete();
  }

  @Override
  public void onError(AsyncEvent event) {
    rows.remove(listener);
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // it is not started again
  }
}
