package io.nettrace.platform.mail;

/**
 * Names in letters: text that a stranger may have typed is reduced to letters, digits, spaces and
 * {@code -&'} and cut, so that no address, link or sentence of punctuation travels under our name.
 */
public final class TypedNames {
  static final int MOST = 40;
  private static final String NONE = "(no name)";

  private TypedNames() {}

  /** The name as a letter may show it. */
  public static String inLetter(String typed) {
    String plain = typed.replaceAll("[^\\p{L}\\p{M}\\p{Nd}&'-]+", " ").strip();
    int most = Math.min(MOST, plain.codePointCount(0, plain.length()));
    String cut = plain.substring(0, plain.offsetByCodePoints(0, most)).strip();
    return cut.isEmpty() ? NONE : cut;
  }
}
