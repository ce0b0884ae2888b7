package io.nettrace.platform.event;

/**
 * A place in the order of a database's events.
 *
 * @param xid the transaction's number, of 64 bits
 */
record Position(String xid, long seq) {
  static final Position START = new Position("0", 0);
}
