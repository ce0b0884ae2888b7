package io.nettrace.scan;

import java.sql.SQLException;

/** Stores a scan inside the transaction that stores its delivery's number. */
public interface Recorder {
  void record(Recording recording) throws SQLException;
}
