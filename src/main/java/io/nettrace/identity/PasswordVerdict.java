package io.nettrace.identity;

/** Whether a password may be used. */
public sealed interface PasswordVerdict {
  record Acceptable() implements PasswordVerdict {}

  /**
   * It has too few characters.
   *
   * @param least how many it needs
   */
  record TooShort(int least) implements PasswordVerdict {}

  record TooLong(int most) implements PasswordVerdict {}

  /** It holds half a character, which has no bytes of its own. */
  record Unwritable() implements PasswordVerdict {}

  /** It is among those that are tried first, or such a one with digits after it. */
  record Common() implements PasswordVerdict {}

  /** It contains what everybody can know: the address, the organisation, or our name. */
  record Guessable(String contained) implements PasswordVerdict {}
}
