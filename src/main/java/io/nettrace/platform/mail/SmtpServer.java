package io.nettrace.platform.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Properties;

/** Hands mail to an SMTP server, which answers for it from then on. */
final class SmtpServer implements MailTransport {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final MailConfig config;
  private final String host;
  private final String protocol;

  SmtpServer(MailConfig config, String host) {
    this.config = config;
    this.host = host;
    this.protocol = config.tls().equals(MailConfig.IMPLICIT) ? "smtps" : "smtp";
  }

  @Override
  public void deliver(Letter letter) throws UndeliverableException {
    Session session = Session.getInstance(properties());
    try (Transport transport = session.getTransport(protocol)) {
      MimeMessage message = letter.message(session, config.from());
      transport.connect(
          host, config.port(), config.user().orElse(null), config.password().orElse(null));
      transport.sendMessage(message, message.getAllRecipients());
    } catch (SendFailedException e) {
      throw refusesAddress(e) ? UndeliverableException.forGood(e) : new UndeliverableException(e);
    } catch (MessagingException e) {
      throw new UndeliverableException(e);
    }
  }

  /** Answered by 5xx (RFC 5321, 4.2.1): an address of 4xx is valid, but unsent. */
  private static boolean refusesAddress(SendFailedException e) {
    return e.getInvalidAddresses() != null && e.getInvalidAddresses().length > 0;
  }

  private Properties properties() {
    String prefix = "mail." + protocol + ".";
    String patienceMillis = Long.toString(PATIENCE.toMillis());
    Properties properties = new Properties();
    properties.setProperty(prefix + "connectiontimeout", patienceMillis);
    properties.setProperty(prefix + "timeout", patienceMillis);
    properties.setProperty(prefix + "writetimeout", patienceMillis);
    properties.setProperty(prefix + "auth", Boolean.toString(config.user().isPresent()));
    properties.setProperty(prefix + "ssl.checkserveridentity", "true");
    boolean upgrade = config.tls().equals(MailConfig.STARTTLS);
    properties.setProperty(prefix + "starttls.enable", Boolean.toString(upgrade));
    // a server that offers no TLS, or somebody in between who hides that it does, gets nothing
    properties.setProperty(prefix + "starttls.required", Boolean.toString(upgrade));
    return properties;
  }
}
