package io.nettrace.platform.event;

/**
 * A place in the order of a database's events.
 *
 * @param xid the transaction's number, of 64 bits
 */
record Cursor(String xid, long seq) {
  static final Cursor START = new Cursor("0", 0);
}
