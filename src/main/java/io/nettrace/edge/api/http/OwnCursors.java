package io.nettrace.edge.api.http;

import java.util.List;
import java.util.UUID;

/** The cursors of one tenant: another's are as foreign to it as made up ones. */
public record OwnCursors(Cursors all, UUID tenantId) {

  /** {@code parts} must not hold line breaks. */
  public String write(String listing, List<String> parts) {
    return all.write(tenantId, listing, parts);
  }

  public Cursors.Reading read(String listing, String text) {
    return all.read(tenantId, listing, Cursors.GOOD_FOR, text);
  }

  /** The cursor of a feed, which a poller may keep longer. */
  public Cursors.Reading readFeed(String feed, String text) {
    return all.read(tenantId, feed, Cursors.FEED_GOOD_FOR, text);
  }
}
