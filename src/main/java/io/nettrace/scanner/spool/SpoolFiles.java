package io.nettrace.scanner.spool;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The names in a spool's folder. Files sort by age. */
final class SpoolFiles {
  private static final String SEGMENT = ".spool";
  private static final String LEGACY = ".json";
  private static final String DRAFT = ".draft";

  /** Of files set aside for people to look at; the oldest go. */
  private static final int MOST_ASIDE = 100;

  private static final Pattern ACKNOWLEDGED = Pattern.compile("(\\S+) (\\d{19})\n");
  private static final int LONGEST_LINE = 200;

  /** Enough to seal what is there, and for a new file's first bytes. */
  private static final int RESERVE_BYTES = 64 << 10;

  private final Path folder;
  private final RandomAccessFile position;
  private final Disk disk;
  private final Path reserve;
  private boolean hasReserve;

  private SpoolFiles(Path folder, RandomAccessFile position, Disk disk) {
    this.folder = folder;
    this.position = position;
    this.disk = disk;
    this.reserve = folder.resolve("reserve");
  }

  static SpoolFiles in(Path folder, Disk disk) throws IOException {
    Files.createDirectories(folder);
    RandomAccessFile position = new RandomAccessFile(folder.resolve("acknowledged").toFile(), "rw");
    SpoolFiles files = new SpoolFiles(folder, position, disk);
    for (Path draft : files.named(DRAFT)) {
      Files.delete(draft);
    }
    return files;
  }

  Disk disk() {
    return disk;
  }

  /** Puts room aside, if it was not yet; fails where there is none. */
  void keepReserve() throws IOException {
    if (hasReserve) {
      return;
    }
    try (RandomAccessFile file = new RandomAccessFile(reserve.toFile(), "rw")) {
      if (file.length() < RESERVE_BYTES) {
        file.setLength(0);
        disk.write(file, new byte[RESERVE_BYTES]);
      }
      hasReserve = true;
    } catch (IOException e) {
      Files.deleteIfExists(reserve);
      throw e;
    }
  }

  /** Frees that room. */
  void giveReserve() throws IOException {
    hasReserve = false;
    Files.deleteIfExists(reserve);
  }

  Path segment(long openedMillis, long firstSequence) {
    return folder.resolve("%013d-%012d".formatted(openedMillis, firstSequence) + SEGMENT);
  }

  Path segmentOf(Path legacy) {
    return folder.resolve(name(legacy).replace(LEGACY, SEGMENT));
  }

  List<Path> segments() throws IOException {
    return named(SEGMENT);
  }

  /** Deliveries of earlier releases. */
  List<Path> legacy() throws IOException {
    return named(LEGACY);
  }

  /** Not forced to disk: what is forgotten is delivered again, and stored once all the same. */
  void acknowledged(Path segment, long sequence) throws IOException {
    position.seek(0);
    disk.write(
        position, "%s %019d\n".formatted(name(segment), sequence).getBytes(StandardCharsets.UTF_8));
  }

  /** The last delivery of this file that was acknowledged, if the file was the last one. */
  OptionalLong acknowledgedIn(Path segment) throws IOException {
    byte[] line = new byte[(int) Math.min(position.length(), LONGEST_LINE)];
    position.seek(0);
    position.readFully(line);
    Matcher words = ACKNOWLEDGED.matcher(new String(line, StandardCharsets.UTF_8));
    return words.matches() && words.group(1).equals(name(segment))
        ? OptionalLong.of(Long.parseLong(words.group(2)))
        : OptionalLong.empty();
  }

  void refuse(Spool.Sealed delivery) throws IOException {
    Path aside = folder("refused");
    Files.write(
        aside.resolve("%s-%012d".formatted(delivery.spool(), delivery.sequence()) + LEGACY),
        delivery.content());
  }

  void quarantine(Path file) throws IOException {
    Files.copy(file, folder("quarantine").resolve(name(file)), StandardCopyOption.REPLACE_EXISTING);
  }

  private Path folder(String name) throws IOException {
    Path aside = Files.createDirectories(folder.resolve(name));
    try (Stream<Path> files = Files.list(aside)) {
      List<Path> sorted = files.sorted().toList();
      for (Path old : sorted.subList(0, Math.max(0, sorted.size() - MOST_ASIDE))) {
        Files.delete(old);
      }
    }
    return aside;
  }

  private List<Path> named(String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> name(file).endsWith(ending)).sorted().toList();
    }
  }

  static String name(Path file) {
    return Optional.ofNullable(file.getFileName()).map(Path::toString).orElse("");
  }
}
