package io.nettrace.scanner.spool;

import io.nettrace.scanner.MalformedMessageException;
import io.nettrace.scanner.Wire;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One append-only file of the spool: a header, then measurements and the seals that make deliveries
 * of them. What was appended survives the process, what was sealed survives the machine.
 */
final class Segment {

  /** Instead of a reading of this process' monotonic clock: sealed by an earlier one. */
  private static final long EARLIER = Long.MIN_VALUE;

  /** A sealed delivery's place in the file, and when it was sealed by the monotonic clock. */
  record Slot(long sequence, int from, int to, int bursts, int traces, long sealedNanos) {}

  private final Path file;
  private final Header header;
  private final Disk disk;
  private final Deque<Slot> slots = new ArrayDeque<>();
  private Detail detail = Detail.EVERYTHING;

  /** Not a channel: an interrupted thread would close that. */
  private final RandomAccessFile out;

  private int size;
  private int openFrom;
  private int openBursts;
  private int openTraces;
  private long nextSequence;

  private Segment(Path file, Header header, RandomAccessFile out, Disk disk) {
    this.file = file;
    this.header = header;
    this.disk = disk;
    this.out = out;
    this.nextSequence = header.firstSequence();
  }

  static Segment create(Path file, Header header, Disk disk) throws IOException {
    Segment segment = new Segment(file, header, new RandomAccessFile(file.toFile(), "rw"), disk);
    try {
      segment.begin();
    } catch (IOException e) {
      segment.delete();
      throw e;
    }
    return segment;
  }

  private void begin() throws IOException {
    write(new SpoolEntry(SpoolEntry.Kind.HEADER, Wire.write(header)));
    openFrom = size;
  }

  /**
   * The same file from its beginning, where all of it was acknowledged: a full disk gives back what
   * it held, and no other file is needed for that.
   */
  Segment again(Header next) throws IOException {
    out.setLength(0);
    out.seek(0);
    return new Segment(file, next, out, disk);
  }

  /** A file as a crash may have left it. */
  record Recovered(Optional<Segment> segment, boolean damaged) {}

  /** Keeps a damaged file as it is before it is mended. */
  interface Quarantine {
    void keep(Path file) throws IOException;
  }

  /**
   * Reads what is whole. An end that was cut off is no damage: a crash does that. What was appended
   * and not sealed is sealed now.
   */
  static Recovered recover(Path file, Instant now, Disk disk, Quarantine quarantine)
      throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    List<SpoolEntry> whole = new ArrayList<>();
    boolean damaged = false;
    boolean gap = false;
    int at = 0;
    while (at < bytes.length) {
      Optional<SpoolEntry> entry = SpoolEntry.read(bytes, at);
      if (entry.isPresent()) {
        damaged |= gap;
        gap = false;
        whole.add(entry.get());
        at += entry.get().size();
      } else {
        gap = true;
        at++;
      }
    }
    Optional<Header> header = header(whole);
    damaged |= header.isEmpty() && bytes.length > 0;
    if (damaged) {
      quarantine.keep(file);
    }
    if (header.isEmpty()) {
      return new Recovered(Optional.empty(), damaged);
    }
    Segment segment =
        rewrite(file, header.get(), whole.subList(1, whole.size()), gap || damaged, disk);
    if (segment.size > segment.openFrom) {
      segment.seal(now, EARLIER);
    }
    return new Recovered(Optional.of(segment), damaged);
  }

  private static Optional<Header> header(List<SpoolEntry> entries) {
    try {
      return entries.isEmpty() || entries.getFirst().kind() != SpoolEntry.Kind.HEADER
          ? Optional.empty()
          : Optional.of(Wire.read(entries.getFirst().content(), Header.class));
    } catch (MalformedMessageException e) {
      return Optional.empty();
    }
  }

  private static Segment rewrite(
      Path file, Header header, List<SpoolEntry> entries, boolean fromScratch, Disk disk)
      throws IOException {
    if (fromScratch) {
      Path draft = file.resolveSibling(file.getFileName() + ".draft");
      Files.deleteIfExists(draft);
      Segment fresh = create(draft, header, disk);
      try {
        fresh.fill(entries, true);
        fresh.out.getFD().sync();
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        fresh.delete();
        throw e;
      }
      return fresh.at(file);
    }
    Segment same = new Segment(file, header, new RandomAccessFile(file.toFile(), "rw"), disk);
    same.size = new SpoolEntry(SpoolEntry.Kind.HEADER, Wire.write(header)).size();
    same.openFrom = same.size;
    same.fill(entries, false);
    same.out.seek(same.size);
    return same;
  }

  private Segment at(Path name) {
    Segment moved = new Segment(name, header, out, disk);
    moved.slots.addAll(slots);
    moved.detail = detail;
    moved.size = size;
    moved.openFrom = openFrom;
    moved.openBursts = openBursts;
    moved.openTraces = openTraces;
    moved.nextSequence = nextSequence;
    return moved;
  }

  private void fill(List<SpoolEntry> entries, boolean write) throws IOException {
    for (SpoolEntry entry : entries) {
      if (write) {
        append(entry);
      } else {
        size += entry.size();
        count(entry);
      }
      if (entry.kind() == SpoolEntry.Kind.SEAL) {
        sealed(entry, EARLIER);
      }
    }
  }

  private void sealed(SpoolEntry entry, long nanos) throws IOException {
    try {
      long sequence = Wire.read(entry.content(), Seal.class).sequence();
      slots.add(new Slot(sequence, openFrom, size, openBursts, openTraces, nanos));
      nextSequence = sequence + 1;
      openFrom = size;
      openBursts = 0;
      openTraces = 0;
    } catch (MalformedMessageException e) {
      throw new IOException("a seal that its own sum confirms cannot be read in " + file, e);
    }
  }

  /** Handed to the system when this returns; a failed write leaves nothing half done. */
  void append(SpoolEntry entry) throws IOException {
    if (size == 0) {
      begin();
    }
    write(entry);
    count(entry);
  }

  private void write(SpoolEntry entry) throws IOException {
    try {
      disk.write(out, entry.bytes());
    } catch (IOException e) {
      out.setLength(size);
      out.seek(size);
      throw e;
    }
    size += entry.size();
  }

  private void count(SpoolEntry entry) {
    openBursts += entry.kind() == SpoolEntry.Kind.BURST ? 1 : 0;
    openTraces += entry.kind() == SpoolEntry.Kind.TRACE ? 1 : 0;
  }

  /** Makes a delivery of what was appended since the last one; on disk when this returns. */
  void seal(Instant now, long nanos) throws IOException {
    SpoolEntry seal = new SpoolEntry(SpoolEntry.Kind.SEAL, Wire.write(new Seal(nextSequence, now)));
    append(seal);
    out.getFD().sync();
    sealed(seal, nanos);
  }

  /** The oldest delivery that is not acknowledged. */
  Optional<Slot> oldest() {
    return Optional.ofNullable(slots.peek());
  }

  /** Its JSON when it is sent now; empty when the disk no longer gives back what was written. */
  Optional<byte[]> read(Slot slot, Instant now, long nanos) throws IOException {
    byte[] bytes = new byte[slot.to() - slot.from()];
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      in.seek(slot.from());
      in.readFully(bytes);
    } catch (EOFException e) {
      return Optional.empty();
    }
    List<SpoolEntry> entries = new ArrayList<>();
    for (int at = 0; at < bytes.length; ) {
      Optional<SpoolEntry> entry = SpoolEntry.read(bytes, at);
      if (entry.isEmpty()) {
        return Optional.empty();
      }
      entries.add(entry.get());
      at += entry.get().size();
    }
    try {
      Seal seal = Wire.read(entries.removeLast().content(), Seal.class);
      return Optional.of(Parcel.write(header, seal, entries, waited(slot, seal, now, nanos)));
    } catch (MalformedMessageException e) {
      return Optional.empty();
    }
  }

  /** The monotonic clock stands still while the machine sleeps, which only the other one tells. */
  private static Optional<Duration> waited(Slot slot, Seal seal, Instant now, long nanos) {
    if (slot.sealedNanos() == EARLIER) {
      return Optional.empty();
    }
    Duration awake = Duration.ofNanos(nanos - slot.sealedNanos());
    Duration byTheClock = Duration.between(seal.sealedAt(), now);
    return Optional.of(awake.compareTo(byTheClock) > 0 ? awake : byTheClock);
  }

  void forget(long sequence) {
    slots.removeIf(slot -> slot.sequence() <= sequence);
  }

  /** The same file with less detail and without what was acknowledged. */
  Segment thinned(Detail less) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    List<SpoolEntry> kept = new ArrayList<>();
    for (Slot slot : slots) {
      for (int at = slot.from(); at < slot.to(); ) {
        SpoolEntry entry =
            SpoolEntry.read(bytes, at).orElseThrow(() -> new IOException("damage in " + file));
        less.of(entry).ifPresent(kept::add);
        at += entry.size();
      }
    }
    Segment thin = rewrite(file, header, kept, true, disk);
    out.close();
    thin.detail = less;
    thin.sealedAsIn(slots);
    return thin;
  }

  private void sealedAsIn(Deque<Slot> before) {
    Map<Long, Long> nanos =
        before.stream().collect(Collectors.toMap(Slot::sequence, Slot::sealedNanos));
    List<Slot> same =
        slots.stream()
            .map(
                slot ->
                    new Slot(
                        slot.sequence(),
                        slot.from(),
                        slot.to(),
                        slot.bursts(),
                        slot.traces(),
                        nanos.getOrDefault(slot.sequence(), EARLIER)))
            .toList();
    slots.clear();
    slots.addAll(same);
  }

  void close() throws IOException {
    out.close();
  }

  void delete() throws IOException {
    out.close();
    Files.deleteIfExists(file);
  }

  boolean isEmpty() {
    return slots.isEmpty() && size == openFrom;
  }

  boolean hasUnsealed() {
    return size > openFrom;
  }

  int unsealedBytes() {
    return size - openFrom;
  }

  int size() {
    return size;
  }

  int waiting() {
    return slots.size();
  }

  int bursts() {
    return slots.stream().mapToInt(Slot::bursts).sum();
  }

  int traces() {
    return slots.stream().mapToInt(Slot::traces).sum();
  }

  long nextSequence() {
    return nextSequence;
  }

  Header header() {
    return header;
  }

  Detail detail() {
    return detail;
  }

  Path file() {
    return file;
  }
}
