package io.nettrace.platform;

import java.util.regex.Pattern;

/**
 * A failure as it is kept: simple name of the class and message, in one line of bounded length.
 * What may be a secret is struck out: what a database says of a row that it refused, user and
 * password of an address, values after words such as {@code password=}, long runs of random
 * characters, such as keys and tokens, and the addresses of people's mail.
 */
public final class FailureText {
  public static final int MOST_LENGTH = 500;
  private static final String STRUCK = "…";
  private static final Pattern ROW = Pattern.compile("\\s+Detail: .*$");
  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^\\s/@]+@");
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)\\b(password|passwd|pwd|secret|token|authorization|api[-_]?key)(\\s*[=:]\\s*)"
              + "(?:bearer\\s+|basic\\s+)?[^\\s,;&]+");
  private static final Pattern RANDOM = Pattern.compile("[A-Za-z0-9_+/=-]{40,}");

  /** Begins only where a word does, so that a long one is read once. */
  private static final Pattern MAIL_ADDRESS =
      Pattern.compile("(?i)(?<![^\\s<>])[^\\s<>]+?(?:@|%40)[^\\s<>]+");

  private FailureText() {}

  public static String of(Throwable failure) {
    String name = failure.getClass().getSimpleName();
    String message = failure.getMessage();
    return of(message == null ? name : name + ": " + message);
  }

  public static String of(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]+", " ").strip();
    String plain = USER_INFO.matcher(ROW.matcher(line).replaceAll("")).replaceAll("");
    plain = NAMED.matcher(plain).replaceAll("$1$2" + STRUCK);
    plain = RANDOM.matcher(plain).replaceAll(STRUCK);
    plain = MAIL_ADDRESS.matcher(plain).replaceAll(STRUCK);
    return plain.length() <= MOST_LENGTH ? plain : plain.substring(0, MOST_LENGTH);
  }
}
