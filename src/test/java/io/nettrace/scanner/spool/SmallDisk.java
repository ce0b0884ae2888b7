package io.nettrace.scanner.spool;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Has room for so many bytes in a folder's files, whichever. */
record SmallDisk(Path folder, long bytes) implements Disk {
  static final String FULL = "No space left on device";

  @Override
  public void write(RandomAccessFile file, byte[] content) throws IOException {
    long more = Math.max(0, file.getFilePointer() + content.length - file.length());
    if (used() + more > bytes) {
      throw new IOException(FULL);
    }
    file.write(content);
  }

  private long used() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(Path::toFile)
          .filter(java.io.File::isFile)
          .mapToLong(java.io.File::length)
          .sum();
    }
  }
}
