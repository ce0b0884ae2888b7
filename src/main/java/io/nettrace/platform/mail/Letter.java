package io.nettrace.platform.mail;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/**
 * A mail that is on its way.
 *
 * @param id its name here, and the message id by which receivers tell a repetition
 */
record Letter(UUID id, Mail mail, Instant writtenAt) {

  /** As it travels: every header is encoded by Jakarta Mail, so none can begin another. */
  MimeMessage message(Session session, String from) throws MessagingException {
    InternetAddress sender = new InternetAddress(from, true);
    MimeMessage message =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + id + "@" + domain(sender) + ">");
          }
        };
    message.setFrom(sender);
    message.setRecipient(RecipientType.TO, new InternetAddress(mail.to(), true));
    message.setSubject(mail.subject(), StandardCharsets.UTF_8.name());
    message.setText(mail.text(), StandardCharsets.UTF_8.name());
    message.setSentDate(Date.from(writtenAt));
    message.setHeader("Auto-Submitted", "auto-generated");
    message.saveChanges();
    return message;
  }

  private static String domain(InternetAddress sender) {
    return sender.getAddress().substring(sender.getAddress().lastIndexOf('@') + 1);
  }
}
