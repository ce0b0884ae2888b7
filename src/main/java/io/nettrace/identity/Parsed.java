package io.nettrace.identity;

/** What became of text that somebody typed. */
public sealed interface Parsed<T> {
  record Valid<T>(T value) implements Parsed<T> {}

  /**
   * It is not what it should be.
   *
   * @param reason completes the sentence "refused, because"
   */
  record Invalid<T>(String reason) implements Parsed<T> {}
}
