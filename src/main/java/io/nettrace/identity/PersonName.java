package io.nettrace.identity;

import io.nettrace.platform.text.NameText;
import java.text.Normalizer;
import java.util.Optional;

/** What a person wants to be called: one line of 1 to 100 characters. */
public record PersonName(String text) {
  private static final int MOST_LENGTH = 100;

  /** For text that was taken for a name once; see {@link #parse} for what people type. */
  public PersonName {
    text = Normalizer.normalize(text.strip(), Normalizer.Form.NFC);
    refusal(text)
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException("not a name: " + reason);
            });
  }

  public static Parsed<PersonName> parse(String typed) {
    return switch (NameText.parse(typed, MOST_LENGTH)) {
      case NameText.Good(String text) -> new Parsed.Valid<>(new PersonName(text));
      case NameText.Bad(String reason) -> new Parsed.Invalid<>(reason);
    };
  }

  @Override
  public String toString() {
    return text;
  }

  private static Optional<String> refusal(String text) {
    if (text.isEmpty() || text.codePointCount(0, text.length()) > MOST_LENGTH) {
      return Optional.of("it has not 1 to " + MOST_LENGTH + " characters");
    }
    return Optional.empty();
  }
}
