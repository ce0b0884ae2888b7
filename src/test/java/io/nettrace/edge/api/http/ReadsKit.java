package io.nettrace.edge.api.http;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;

/** Turns at the record, and what answers say of it, for tests of other packages. */
public final class ReadsKit {
  private ReadsKit() {}

  public static RecordReads reads() {
    return new RecordReads(4);
  }

  /** The headers in which an answer tells what was noted. */
  public static MultivaluedMap<String, Object> headers(AnswerNotes notes) {
    MultivaluedMap<String, Object> headers = new MultivaluedHashMap<>();
    notes.put(headers);
    return headers;
  }
}
