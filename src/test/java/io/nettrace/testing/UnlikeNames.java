package io.nettrace.testing;

/** Names of which none looks like another, as slugs have to be. */
public final class UnlikeNames {
  private static final String LETTERS = "bcdfghjk";

  private UnlikeNames() {}

  /** The name of a number, in so many letters. */
  public static String of(int number, int letters) {
    StringBuilder name = new StringBuilder();
    for (int rest = number, i = 0; i < letters; i++, rest /= LETTERS.length()) {
      name.append(LETTERS.charAt(rest % LETTERS.length()));
    }
    return name.toString();
  }
}
