package io.nettrace.platform.mail;

import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How mail leaves.
 *
 * @param host the SMTP server; empty means that mail is put into the mailbox folder
 * @param tls {@code starttls}, {@code implicit} or {@code none}
 * @param mostOfTenant letters a day that one tenant causes to addresses that have not agreed
 * @param mostOfSource the same an hour from one network
 * @param mostOfInstallation the same an hour altogether
 */
public record MailConfig(
    Optional<String> host,
    int port,
    Optional<String> user,
    Optional<String> password,
    String from,
    String tls,
    int mostOfTenant,
    int mostOfSource,
    int mostOfInstallation) {
  private static final String MAILBOX =
      "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
          + "@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*";

  /** Bare, or behind a name in plain letters or in quotes. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "%1$s|(\"[^\"\\\\<>\\p{Cntrl}]*\"|[\\p{L}\\p{N} .&'_-]*) ?<%1$s>".formatted(MAILBOX));

  static final String STARTTLS = "starttls";
  static final String IMPLICIT = "implicit";
  private static final int SUBMISSION_PORT = 587;

  private static final Setting<Optional<String>> HOST =
      Setting.optionalText(
          "nettrace.mail.host",
          "a host's name",
          1,
          "SMTP server that takes our mail. Unset: mail is written to <nettrace.data>/mailbox.");
  private static final Setting<Integer> PORT =
      Setting.integer("nettrace.mail.port", SUBMISSION_PORT, 1, 65_535, "Port of that server.");
  private static final Setting<Optional<String>> USER =
      Setting.optionalText("nettrace.mail.user", "text", 1, "User at that server, if it asks.");
  private static final Setting<Optional<String>> PASSWORD =
      Setting.optionalText("nettrace.mail.password", "text", 1, "Password of that user.");
  private static final Setting<String> FROM =
      new Setting<>(
          "nettrace.mail.from",
          "NetTrace <no-reply@nettrace.localhost>",
          "an address, with a name or without",
          "Sender of our mail.",
          MailConfig::address);
  private static final Setting<String> TLS =
      Setting.choice(
          "nettrace.mail.tls",
          STARTTLS,
          List.of(STARTTLS, IMPLICIT, "none"),
          "How the connection to that server is encrypted; none is for servers on this machine.");
  private static final Setting<Integer> MOST_OF_TENANT =
      Setting.integer(
          "nettrace.mail.most-of-tenant",
          200,
          1,
          100_000,
          "Letters a day that one tenant may cause to addresses whose owners have not agreed to"
              + " them. Such an address gets 3 an hour and 10 a day from all of them together.");
  private static final Setting<Integer> MOST_OF_SOURCE =
      Setting.integer(
          "nettrace.mail.most-of-source",
          60,
          1,
          100_000,
          "The same an hour for requests from one network, /24 or /48.");
  private static final Setting<Integer> MOST_OF_INSTALLATION =
      Setting.integer(
          "nettrace.mail.most-of-installation",
          500,
          1,
          1_000_000,
          "The same an hour for the whole installation.");
  public static final List<Setting<?>> SETTINGS =
      List.of(
          HOST,
          PORT,
          USER,
          PASSWORD,
          FROM,
          TLS,
          MOST_OF_TENANT,
          MOST_OF_SOURCE,
          MOST_OF_INSTALLATION);

  public static MailConfig from(Settings settings) {
    return new MailConfig(
        settings.get(HOST),
        settings.get(PORT),
        settings.get(USER),
        settings.get(PASSWORD),
        settings.get(FROM),
        settings.get(TLS),
        settings.get(MOST_OF_TENANT),
        settings.get(MOST_OF_SOURCE),
        settings.get(MOST_OF_INSTALLATION));
  }

  private static String address(String text) {
    if (!ADDRESS.matcher(text).matches()) {
      throw new IllegalArgumentException("it is not one address");
    }
    return text;
  }
}
