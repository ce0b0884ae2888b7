package io.nettrace.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Secrets that the program makes for itself and keeps in its data folder, readable by its own user
 * only.
 */
public final class Secrets {
  private static final int BYTES = 32;
  private static final String OWNER_ONLY = "rw-------";

  private final Path folder;

  public Secrets(Path folder) {
    this.folder = folder;
  }

  /** The configured value, else the one in {@code file}, else a new one that is kept there. */
  public String obtain(Optional<String> configured, String file) {
    return configured.orElseGet(() -> fromFile(folder.resolve(file)));
  }

  /** Writes a secret, replacing an older one. */
  public Path keep(String file, String secret) {
    try {
      Path path = folder.resolve(file);
      Files.createDirectories(folder);
      Files.deleteIfExists(path);
      create(path, secret);
      return path;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + folder.resolve(file), e);
    }
  }

  private static String fromFile(Path path) {
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      if (!Files.exists(path)) {
        create(path, random());
      }
      return Files.readString(path).strip();
    } catch (FileAlreadyExistsException e) {
      return fromFile(path); // somebody else was faster
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep a secret in " + path, e);
    }
  }

  private static void create(Path path, String secret) throws IOException {
    Files.createFile(path, ownerOnly(path));
    Files.writeString(path, secret + "\n", StandardCharsets.US_ASCII, StandardOpenOption.WRITE);
  }

  private static FileAttribute<?>[] ownerOnly(Path path) {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY))
        }
        : new FileAttribute<?>[0];
  }

  private static String random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
