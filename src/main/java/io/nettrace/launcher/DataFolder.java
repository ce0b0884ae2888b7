package io.nettrace.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
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

  private DataFolder() {}

  /** Makes the folder, or closes it to others; refuses where that cannot be done. */
  static void close(Path data) throws StartFailure, IOException {
    boolean posix = data.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (!posix) {
      Files.createDirectories(data);
      return;
    }
    if (!Files.exists(data)) {
      Files.createDirectories(data, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    }
    try {
      if (!Files.getPosixFilePermissions(data).equals(OWNER_ONLY)) {
        Files.setPosixFilePermissions(data, OWNER_ONLY);
      }
    } catch (IOException e) {
      throw new StartFailure(
          "The data folder "
              + data
              + " is open to other users and cannot be closed to them. Run as its owner, or choose"
              + " another folder with -Dnettrace.data=…",
          e);
    }
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
    FileChannel channel =
        FileChannel.open(data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
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
}
