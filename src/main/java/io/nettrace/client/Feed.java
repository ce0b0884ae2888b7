package io.nettrace.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes known, poll after poll: nothing is left out and nothing comes twice, however late
 * measurements arrive. Not safe for use by several threads.
 */
public final class Feed<T> {
  private final ApiWire wire;
  private final String address;
  private final TypeReference<ApiWire.Polled<T>> type;
  private Ask next;
  private ApiWire.@Nullable Polled<T> last;

  Feed(ApiWire wire, String address, Ask first, Class<T> items) {
    this.wire = wire;
    this.address = address;
    this.type = ApiWire.pageOf(ApiWire.Polled.class, items);
    this.next = first.parameters().containsKey("cursor") ? first : first.with("order", "known_at");
  }

  /**
   * What became known since the poll before, in that order; empty when nothing did. After a failure
   * the same is asked for again.
   */
  public List<T> poll() throws IOException, InterruptedException {
    ApiWire.Polled<T> page = wire.get(next.appendedTo(address), type);
    next = next.after(page.nextCursor());
    last = page;
    return page.items();
  }

  /** Whether there was more than the last poll brought, so that the next need not wait. */
  public boolean more() {
    return polled().more();
  }

  /** Until when everything was brought by this poll or those before. */
  public Instant knownUntil() {
    return polled().knownUntil();
  }

  /** Where to go on, also with another feed of the same, within 30 days. */
  public String cursor() {
    return polled().nextCursor();
  }

  private ApiWire.Polled<T> polled() {
    ApiWire.Polled<T> page = last;
    if (page == null) {
      throw new IllegalStateException("nothing was polled yet");
    }
    return page;
  }
}
