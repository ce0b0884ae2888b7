package io.nettrace.scanner.spool;

import java.io.IOException;
import java.io.RandomAccessFile;

/** What takes the bytes, or has no room for them. */
interface Disk {
  Disk REAL = RandomAccessFile::write;

  void write(RandomAccessFile file, byte[] bytes) throws IOException;
}
