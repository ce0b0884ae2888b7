package io.nettrace.platform.text;

import com.ibm.icu.text.IDNA;
import java.util.Locale;
import java.util.Set;

/**
 * A domain name in any script as the ASCII labels that the name service knows: UTS 46 without
 * transitional mapping, which agrees with IDNA 2008 where both take a name. So ß and ς stay
 * themselves, as in every browser of today: the older mapping (IDNA 2003) leads to another domain.
 */
public sealed interface DomainName {
  /** In lower case, each label of another script as {@code xn--…}. */
  record Good(String ascii) implements DomainName {}

  record Bad(String reason) implements DomainName {}

  /** A name in any form; one of plain letters only comes back in lower case. */
  static DomainName parse(String text) {
    return Mapping.of(text);
  }

  /** Whether an ASCII label beginning with {@code xn--} is the one form of what it stands for. */
  static boolean isValidLabel(String label) {
    return Mapping.isValid(label);
  }

  /** The profile, and its words. */
  final class Mapping {
    private static final IDNA PROFILE =
        IDNA.getUTS46Instance(
            IDNA.NONTRANSITIONAL_TO_ASCII
                | IDNA.NONTRANSITIONAL_TO_UNICODE
                | IDNA.USE_STD3_RULES
                | IDNA.CHECK_BIDI
                | IDNA.CHECK_CONTEXTJ
                | IDNA.CHECK_CONTEXTO);
    private static final String A_LABEL = "xn--";

    private Mapping() {}

    private static DomainName of(String text) {
      IDNA.Info info = new IDNA.Info();
      String ascii = PROFILE.nameToASCII(text, new StringBuilder(), info).toString();
      if (info.hasErrors()) {
        return new Bad("is no domain name: " + words(info.getErrors()));
      }
      return new Good(ascii.toLowerCase(Locale.ROOT));
    }

    private static boolean isValid(String label) {
      IDNA.Info info = new IDNA.Info();
      String unicode = PROFILE.labelToUnicode(label, new StringBuilder(), info).toString();
      if (info.hasErrors() || !label.startsWith(A_LABEL) || unicode.equals(label)) {
        return false;
      }
      String again = PROFILE.labelToASCII(unicode, new StringBuilder(), info).toString();
      return !info.hasErrors() && again.equals(label);
    }

    private static String words(Set<IDNA.Error> errors) {
      return switch (errors.iterator().next()) {
        case EMPTY_LABEL -> "a part of it is empty";
        case LABEL_TOO_LONG -> "a part of it is too long";
        case DOMAIN_NAME_TOO_LONG -> "it is too long";
        case LEADING_HYPHEN, TRAILING_HYPHEN, HYPHEN_3_4 -> "a hyphen stands where none may stand";
        case LEADING_COMBINING_MARK -> "a part of it begins with a mark that belongs to a letter";
        case DISALLOWED -> "a character of it cannot be part of one";
        case PUNYCODE, LABEL_HAS_DOT, INVALID_ACE_LABEL -> "an xn-- label of it stands for no name";
        case BIDI -> "letters of both directions stand in one part";
        case CONTEXTJ, CONTEXTO_PUNCTUATION, CONTEXTO_DIGITS ->
            "a character stands beside others that it cannot stand beside";
      };
    }
  }
}
