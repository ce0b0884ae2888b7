package io.nettrace.platform.mail;

/**
 * A letter in plain text to one person.
 *
 * @param to an address, {@code local@domain}
 * @param subject control characters in it become spaces, and what is too long is cut
 */
public record Mail(String to, String subject, String text) {
  static final int MOST_ADDRESS_LENGTH = 254;
  static final int MOST_SUBJECT_LENGTH = 150;
  static final int MOST_TEXT_LENGTH = 20_000;

  public Mail {
    if (to.length() > MOST_ADDRESS_LENGTH
        || !to.matches("[^\\p{Cntrl}\\s<>,;:@]+@[^\\p{Cntrl}\\s<>,;:@]+")) {
      throw new IllegalArgumentException("not the address of one person");
    }
    if (text.length() > MOST_TEXT_LENGTH) {
      throw new IllegalArgumentException("a mail has at most " + MOST_TEXT_LENGTH + " characters");
    }
    subject = oneLine(subject);
  }

  private static String oneLine(String subject) {
    String line = subject.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]+", " ").strip();
    return line.length() <= MOST_SUBJECT_LENGTH ? line : line.substring(0, MOST_SUBJECT_LENGTH);
  }
}
