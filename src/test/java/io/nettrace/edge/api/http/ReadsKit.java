package io.nettrace.edge.api.http;

/** Turns at the record for tests of other packages. */
public final class ReadsKit {
  private ReadsKit() {}

  public static RecordReads reads() {
    return new RecordReads(4);
  }
}
