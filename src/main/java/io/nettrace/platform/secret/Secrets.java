package io.nettrace.platform.secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

/**
 * Secrets that the program makes for itself and keeps in its data folder, readable by its own user
 * only. A folder that has to be made for them is the user's alone as well.
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

  /** The file that holds the secret {@code name}; made at first use and kept from then on. */
  public Path file(String name) {
    Path path = folder.resolve(name);
    String _ = fromFile(path);
    return path;
  }

  /** The secret in {@code file}, made at first use. */
  public String read(String file) {
    return fromFile(folder.resolve(file));
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
      Path parent = Objects.requireNonNull(path.toAbsolutePath().getParent(), "a file's folder");
      Files.createDirectories(parent, attributes(parent, "rwx------"));
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

  /** Under its name only when it is whole: a crash leaves no empty secret. */
  private static void create(Path path, String secret) throws IOException {
    Path folder = Objects.requireNonNull(path.toAbsolutePath().getParent(), "a file's folder");
    Path draft = Files.createTempFile(folder, "secret", ".new", attributes(path, OWNER_ONLY));
    Files.writeString(draft, secret + "\n", StandardCharsets.US_ASCII);
    Files.move(draft, path);
  }

  private static FileAttribute<?>[] attributes(Path path, String permissions) {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static String random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
