package io.nettrace.identity;

/** Why a password is refused, for the person who chose it. */
public final class PasswordWords {
  private PasswordWords() {}

  public static String of(PasswordVerdict verdict) {
    return switch (verdict) {
      case PasswordVerdict.Acceptable _ -> "is fine";
      case PasswordVerdict.TooShort(int least) ->
          "has fewer than " + least + " characters; a sentence is easy to remember";
      case PasswordVerdict.Unwritable _ -> "holds half a character, which cannot be typed";
      case PasswordVerdict.TooLong(int most) -> "has more than " + most + " characters";
      case PasswordVerdict.Common _ -> "is among those that are tried first; choose another";
      case PasswordVerdict.Guessable(String contained) ->
          "contains " + contained + ", which everybody can know";
    };
  }
}
