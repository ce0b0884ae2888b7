package io.nettrace.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * The folder with database, secrets and spool: held by one process, and closed to every other user
 * of the machine, who could become the service's user by replacing a program in it.
 */
final class DataFolder {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> OTHERS_WRITE =
      EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private static final String REMEDY =
      "Run as a user who may write there, on a disk that can be written, or choose another folder"
          + " with -D"
          + StartSetting.DATA.property()
          + "=…";
  private static final int PROBE_BYTES = 1 << 20;

  /** For what each start unpacks and writes. */
  private static final long NEEDED_MEBIBYTES = 64;

  /** And for PostgreSQL with its first data. */
  private static final long NEEDED_AT_FIRST_MEBIBYTES = 512;

  private DataFolder() {}

  /** Makes the folder, or closes it to others; refuses where that cannot be done. */
  static void close(Path data) throws StartFailure {
    try {
      boolean posix = data.getFileSystem().supportedFileAttributeViews().contains("posix");
      if (!posix) {
        Files.createDirectories(data);
        return;
      }
      if (!Files.isDirectory(data)) {
        Files.createDirectories(data, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      }
      if (!Files.getPosixFilePermissions(data).equals(OWNER_ONLY)) {
        open(data);
      }
    } catch (IOException e) {
      throw cannotBe("made", data, e);
    }
  }

  private static void open(Path data) throws StartFailure {
    try {
      Files.setPosixFilePermissions(data, OWNER_ONLY);
    } catch (IOException e) {
      throw new StartFailure(
          "The data folder %s is open to other users and cannot be closed to them (%s). %s"
              .formatted(data, reason(e), REMEDY),
          e);
    }
  }

  /** Refuses where nothing can be written, or so little that a part would fail half-way. */
  static void requireRoom(Path data, boolean holdsDatabase) throws StartFailure {
    requireRoom(data, holdsDatabase, data.toFile().getUsableSpace());
    Path probe = data.resolve("probe");
    try {
      Files.write(probe, new byte[PROBE_BYTES]);
      Files.delete(probe);
    } catch (IOException e) {
      boolean _ = probe.toFile().delete(); // what was written of it
      throw cannotBe("written", data, e);
    }
  }

  static void requireRoom(Path data, boolean holdsDatabase, long free) throws StartFailure {
    long needed =
        holdsDatabase && !Files.exists(data.resolve("postgres"))
            ? NEEDED_AT_FIRST_MEBIBYTES
            : NEEDED_MEBIBYTES;
    if (free >> 20 < needed) {
      throw new StartFailure(
          "The disk of the data folder %s is full: %d MiB are free, and a start needs %d MiB. Make room, or choose another folder with -D%s=…"
              .formatted(data, free >> 20, needed, StartSetting.DATA.property()));
    }
  }

  private static StartFailure cannotBe(String what, Path data, IOException e) {
    return new StartFailure(
        "The data folder %s cannot be %s (%s). %s".formatted(data, what, reason(e), REMEDY), e);
  }

  /** As the system says it, where it says anything. */
  private static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException _ -> "it is no folder";
      case FileSystemException known when known.getReason() != null -> known.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }

  /** Takes back what an unpacking program gave to every user: the right to write. */
  static void closeForWriting(Path folder) throws IOException {
    if (!Files.exists(folder)
        || !folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
              throws IOException {
            return take(path);
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            return attributes.isSymbolicLink() ? FileVisitResult.CONTINUE : take(path);
          }

          private FileVisitResult take(Path path) throws IOException {
            Set<PosixFilePermission> permissions =
                EnumSet.copyOf(Files.getPosixFilePermissions(path));
            if (permissions.removeAll(OTHERS_WRITE)) {
              Files.setPosixFilePermissions(path, permissions);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Holds the folder until what is returned is closed. */
  static FileChannel hold(Path data) throws StartFailure, IOException {
    FileChannel channel = lockFile(data);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      throw new StartFailure(
          "Another NetTrace holds the data folder "
              + data
              + ". Stop it, or choose another folder with -Dnettrace.data=…");
    }
    return channel;
  }

  private static FileChannel lockFile(Path data) throws StartFailure {
    try {
      return FileChannel.open(
          data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw cannotBe("written", data, e);
    }
  }
}
