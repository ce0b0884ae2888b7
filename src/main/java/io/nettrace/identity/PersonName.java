package io.nettrace.identity;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a person wants to be called: one line of 1 to 100 characters. */
public record PersonName(String text) {
  private static final int MOST_LENGTH = 100;
  private static final Pattern UNSHOWABLE =
      Pattern.compile("[\\p{Cntrl}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Cf}]");

  /** For text that is known to be a name; see {@link #parse} for what people type. */
  public PersonName {
    text = normal(text);
    refusal(text)
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException("not a name: " + reason);
            });
  }

  public static Parsed<PersonName> parse(String typed) {
    String text = normal(typed);
    return refusal(text)
        .<Parsed<PersonName>>map(Parsed.Invalid::new)
        .orElseGet(() -> new Parsed.Valid<>(new PersonName(text)));
  }

  @Override
  public String toString() {
    return text;
  }

  private static String normal(String typed) {
    return Normalizer.normalize(typed.strip(), Normalizer.Form.NFC);
  }

  private static Optional<String> refusal(String text) {
    if (text.isEmpty()) {
      return Optional.of("it is empty");
    }
    if (text.codePointCount(0, text.length()) > MOST_LENGTH) {
      return Optional.of("it has more than " + MOST_LENGTH + " characters");
    }
    if (UNSHOWABLE.matcher(text).find()) {
      return Optional.of("it has characters that cannot be shown");
    }
    return Optional.empty();
  }
}
