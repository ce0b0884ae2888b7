package io.nettrace.platform.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Properties;

/**
 * Mail as files of one folder, one {@code .eml} each, for installations without a mail server.
 * Names sort by the time of writing; a file is whole as soon as it has its name, and only its owner
 * may read it.
 */
final class MailboxFolder implements MailTransport {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path folder;
  private final String from;

  MailboxFolder(Path folder, String from) {
    this.folder = folder;
    this.from = from;
  }

  @Override
  public void deliver(Letter letter) throws UndeliverableException {
    try {
      Files.createDirectories(folder, ownerOnly("rwx------"));
      Path draft = Files.createTempFile(folder, ".draft", ".new", ownerOnly("rw-------"));
      try {
        try (OutputStream out = Files.newOutputStream(draft)) {
          letter.message(Session.getInstance(new Properties()), from).writeTo(out);
        }
        // the name is the letter's own: sent twice, it is still one file
        Files.move(draft, folder.resolve(name(letter)), StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException | MessagingException e) {
      throw new UndeliverableException(e);
    }
  }

  private static String name(Letter letter) {
    return TIME.format(letter.writtenAt()) + "-" + letter.id() + ".eml";
  }

  private FileAttribute<?>[] ownerOnly(String permissions) {
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
