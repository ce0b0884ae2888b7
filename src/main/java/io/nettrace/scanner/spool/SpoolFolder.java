package io.nettrace.scanner.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * The folder of one scanner installation, held by one process at a time. It names the installation:
 * whoever holds the folder may take over what an earlier process under this name was granted,
 * because that process is dead.
 */
public final class SpoolFolder implements AutoCloseable {
  private static final String LOCK = "lock";
  private static final String INSTANCE = "instance";

  private final FileChannel lock;
  private final UUID instance;

  private SpoolFolder(FileChannel lock, UUID instance) {
    this.lock = lock;
    this.instance = instance;
  }

  /** Refuses when another process holds it; the system lets go of it when a process dies. */
  public static SpoolFolder hold(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock held = channel.tryLock();
    if (held == null) {
      channel.close();
      throw new IOException("another scanner uses the spool " + folder);
    }
    return new SpoolFolder(channel, instance(folder));
  }

  public UUID instance() {
    return instance;
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  private static UUID instance(Path folder) throws IOException {
    Path file = folder.resolve(INSTANCE);
    if (Files.exists(file)) {
      try {
        return UUID.fromString(Files.readString(file).strip());
      } catch (IllegalArgumentException e) {
        // torn or damaged: a new name costs no more than the wait for the old one's lease
      }
    }
    UUID made = UUID.randomUUID();
    Path draft = Files.writeString(folder.resolve(INSTANCE + ".new"), made + "\n");
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    return made;
  }
}
