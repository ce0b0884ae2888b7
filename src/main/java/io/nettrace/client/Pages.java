package io.nettrace.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The items of a listing, page after page; a page is fetched when its first item is wanted. */
final class Pages<T> implements Iterator<T> {
  private final ApiWire wire;
  private final String address;
  private final TypeReference<ApiWire.Listed<T>> type;
  private final Deque<T> fetched = new ArrayDeque<>();
  private Ask next;
  private boolean more = true;

  Pages(ApiWire wire, String address, Ask first, Class<T> items) {
    this.wire = wire;
    this.address = address;
    this.next = first;
    this.type = ApiWire.listOf(items);
  }

  @Override
  public boolean hasNext() {
    while (fetched.isEmpty() && more) {
      fetch();
    }
    return !fetched.isEmpty();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the listing has ended");
    }
    return fetched.remove();
  }

  private void fetch() {
    try {
      ApiWire.Listed<T> page = wire.get(next.appendedTo(address), type);
      fetched.addAll(page.items());
      String cursor = page.nextCursor();
      more = cursor != null;
      if (cursor != null) {
        next = next.after(cursor);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted while fetching a page", e));
    }
  }
}
