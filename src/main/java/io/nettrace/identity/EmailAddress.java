package io.nettrace.identity;

import io.nettrace.platform.text.DomainName;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An e-mail address that mail can be sent to (RFC 5321 without quoted local parts): the local part
 * as its owner writes it, the domain in lower case and ASCII.
 */
public record EmailAddress(String text) {
  static final int MOST_LENGTH = 254;
  private static final int MOST_LOCAL_LENGTH = 64;
  private static final Pattern LOCAL =
      Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");
  private static final Pattern DOMAIN =
      Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

  /** For text that is known to be an address; see {@link #parse} for what people type. */
  public EmailAddress {
    text = normal(text);
    refusal(text)
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException("not an e-mail address: " + reason);
            });
  }

  public static Parsed<EmailAddress> parse(String typed) {
    String text = normal(typed);
    return refusal(text)
        .<Parsed<EmailAddress>>map(Parsed.Invalid::new)
        .orElseGet(() -> new Parsed.Valid<>(new EmailAddress(text)));
  }

  /** As addresses are compared: two that differ in case only are one. */
  public String key() {
    return text.toLowerCase(Locale.ROOT);
  }

  public String local() {
    return text.substring(0, text.lastIndexOf('@'));
  }

  @Override
  public String toString() {
    return text;
  }

  /** Bounded before anything is done with it; a domain that cannot be read is left as it is. */
  private static String normal(String typed) {
    String text = typed.strip();
    int at = text.lastIndexOf('@');
    if (at < 0 || text.length() > MOST_LENGTH) {
      return text;
    }
    return DomainName.parse(text.substring(at + 1)) instanceof DomainName.Good(String domain)
        ? text.substring(0, at + 1) + domain
        : text;
  }

  private static Optional<String> refusal(String text) {
    int at = text.lastIndexOf('@');
    if (text.isEmpty()) {
      return Optional.of("it is empty");
    }
    if (text.length() > MOST_LENGTH) {
      return Optional.of("it has more than " + MOST_LENGTH + " characters");
    }
    if (at < 0) {
      return Optional.of("it has no @");
    }
    if (at > MOST_LOCAL_LENGTH) {
      return Optional.of("it has more than " + MOST_LOCAL_LENGTH + " characters before the @");
    }
    if (!LOCAL.matcher(text.substring(0, at)).matches()) {
      return Optional.of("what stands before the @ cannot be the name of a mailbox");
    }
    if (!DOMAIN.matcher(text.substring(at + 1)).matches()) {
      return Optional.of("what stands after the @ is not a domain");
    }
    return Optional.empty();
  }
}
