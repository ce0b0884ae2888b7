package io.nettrace.edge.api.http;

import io.nettrace.desk.DeniedException;
import io.nettrace.desk.RecordReads;
import io.nettrace.platform.problem.Problem;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;

/** Turns at the record, and what answers say of it, for tests of other packages. */
public final class ReadsKit {
  private ReadsKit() {}

  public static RecordReads reads() {
    return new RecordReads(4);
  }

  /** The problem that a refused or denied call is answered with. */
  public static Problem problem(Throwable thrown) {
    return switch (thrown) {
      case RefusalException refusal -> refusal.problem();
      case DeniedException denied -> AccessRefusals.of(denied.decision()).problem();
      default -> throw new AssertionError("neither refused nor denied", thrown);
    };
  }

  /** The headers in which an answer tells what was noted. */
  public static MultivaluedMap<String, Object> headers(AnswerNotes notes) {
    MultivaluedMap<String, Object> headers = new MultivaluedHashMap<>();
    notes.put(headers);
    return headers;
  }
}
