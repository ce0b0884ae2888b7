package io.nettrace.platform.json;

/** One mistake in a document: the file, where in it (a JSON pointer), and what is wrong. */
public record DocumentProblem(String file, String pointer, String reason) {
  @Override
  public String toString() {
    return file + (pointer.isEmpty() ? "" : " at " + pointer) + ": " + reason;
  }
}
