package io.nettrace.scanner.spool;

import io.nettrace.scanner.Delivery;
import io.nettrace.scanner.MalformedMessageException;
import io.nettrace.scanner.MeasuredBurst;
import io.nettrace.scanner.MeasuredTrace;
import io.nettrace.scanner.OwnFault;
import io.nettrace.scanner.Resolution;
import io.nettrace.scanner.SpoolState;
import io.nettrace.scanner.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The queue of measurements that outlives the process. Each start numbers its deliveries from 1
 * under a new spool id; what an earlier start left behind keeps its own numbering and goes first.
 *
 * <p>The life of a measurement: appended to a file as soon as it was taken, so that it survives the
 * process; sealed into a numbered delivery and forced to disk within a second, so that it survives
 * the machine; acknowledged. A file goes when all of it is acknowledged. While the disk is full a
 * measurement waits in memory.
 */
public final class Spool implements AutoCloseable {
  /** At 100 targets two days without the control plane, at 10,000 half an hour. */
  public static final long DEFAULT_BYTES = 256L << 20;

  private static final int SEGMENT_BYTES = 1 << 20;

  /** Well below what the control plane takes in at once. */
  private static final int DELIVERY_BYTES = 1 << 20;

  /** Of what the disk does not take: some minutes of a thousand targets. */
  private static final int MOST_UNWRITTEN_BYTES = 8 << 20;

  private final SpoolFiles files;
  private final Deque<SpoolEntry> unwritten = new ArrayDeque<>();
  private long unwrittenBytes;
  private final String vantagePoint;
  private final boolean simulated;
  private final long mostBytes;
  private final int segmentBytes;
  private final Clock clock;
  private final LongSupplier nanos;
  private final UUID id;
  private final long openedMillis;
  private final Deque<Segment> segments = new ArrayDeque<>();
  private Segment active;
  private long lastSequence;
  private long thinnedTraces;
  private long droppedTraces;
  private long droppedBursts;
  private long quarantined;

  private Spool(
      SpoolFiles files,
      String vantagePoint,
      boolean simulated,
      long mostBytes,
      UUID id,
      Clock clock,
      LongSupplier nanos)
      throws IOException {
    this.nanos = nanos;
    this.files = files;
    this.vantagePoint = vantagePoint;
    this.simulated = simulated;
    this.mostBytes = mostBytes;
    this.segmentBytes = (int) Math.min(SEGMENT_BYTES, mostBytes / 4);
    this.id = id;
    this.clock = clock;
    this.openedMillis = clock.millis();
    files.giveReserve(); // a full disk may need it for what follows
    takeOver();
    this.active = begin();
    try {
      files.keepReserve();
    } catch (IOException e) {
      // the first measurement waits for room then
    }
  }

  /**
   * Opens the folder and takes over what is in it; what is sealed from now on is numbered under
   * {@code id}.
   */
  public static Spool open(
      Path folder, String vantagePoint, boolean simulated, long mostBytes, UUID id, Clock clock)
      throws IOException {
    return open(folder, vantagePoint, simulated, mostBytes, id, clock, System::nanoTime, Disk.REAL);
  }

  /**
   * {@code nanos} is a clock that is never set, from which it is told how long something waited.
   */
  static Spool open(
      Path folder,
      String vantagePoint,
      boolean simulated,
      long mostBytes,
      UUID id,
      Clock clock,
      LongSupplier nanos,
      Disk disk)
      throws IOException {
    return new Spool(
        SpoolFiles.in(folder, disk), vantagePoint, simulated, mostBytes, id, clock, nanos);
  }

  public UUID id() {
    return id;
  }

  /**
   * When this returns the burst survives the process, unless the disk is full; after the next seal
   * also the machine.
   */
  public void append(MeasuredBurst burst) {
    append(SpoolEntry.Kind.BURST, burst);
  }

  /** As for a burst. */
  public void append(MeasuredTrace trace) {
    append(SpoolEntry.Kind.TRACE, trace);
  }

  /** As for a burst. */
  public void append(Resolution resolution) {
    append(SpoolEntry.Kind.RESOLUTION, resolution);
  }

  /** As for a burst. */
  public void append(OwnFault fault) {
    append(SpoolEntry.Kind.FAULT, fault);
  }

  private void append(SpoolEntry.Kind kind, Object measurement) {
    SpoolEntry entry = new SpoolEntry(kind, Wire.write(measurement));
    synchronized (this) {
      boolean isFirst = unwritten.isEmpty(); // what is behind others is tried with them
      unwritten.addLast(entry);
      unwrittenBytes += entry.size();
      if (isFirst) {
        try {
          write();
        } catch (IOException e) {
          // told by the next seal, which tries again
        }
      }
      dropUnwritten();
    }
  }

  /** In the order in which they were measured; those that the disk does not take stay. */
  private void write() throws IOException {
    while (!unwritten.isEmpty()) {
      SpoolEntry entry = unwritten.getFirst();
      write(entry);
      unwritten.removeFirst();
      unwrittenBytes -= entry.size();
      if (active.unsealedBytes() >= DELIVERY_BYTES) {
        sealActive();
      }
    }
  }

  /** Nothing is written where no room is put aside, without which it could not be sealed. */
  private void write(SpoolEntry entry) throws IOException {
    try {
      files.keepReserve();
      active.append(entry);
    } catch (IOException e) {
      freeDisk();
      active.append(entry);
    }
  }

  /** The disk is full: what is there is sealed so that it can go, and what has gone makes room. */
  private void freeDisk() throws IOException {
    files.giveReserve();
    sealActive();
    removeAcknowledged();
    if (active.waiting() == 0) {
      active = active.again(new Header(id, vantagePoint, simulated, lastSequence + 1));
    }
    files.keepReserve();
  }

  /** The oldest goes first, as on disk. */
  private void dropUnwritten() {
    Iterator<SpoolEntry> oldestFirst = unwritten.iterator();
    while (unwrittenBytes > MOST_UNWRITTEN_BYTES && oldestFirst.hasNext()) {
      SpoolEntry oldest = oldestFirst.next();
      if (oldest.kind() != SpoolEntry.Kind.BURST && oldest.kind() != SpoolEntry.Kind.TRACE) {
        continue; // few and small, and the end of a fault must not be lost
      }
      oldestFirst.remove();
      unwrittenBytes -= oldest.size();
      droppedBursts += oldest.kind() == SpoolEntry.Kind.BURST ? 1 : 0;
      droppedTraces += oldest.kind() == SpoolEntry.Kind.TRACE ? 1 : 0;
    }
  }

  /**
   * Numbers what was appended since the last time, if anything was, and forces it to disk. Fails
   * while the disk takes nothing; nothing is lost by that yet.
   */
  public synchronized void seal() throws IOException {
    write();
    sealActive();
  }

  private void sealActive() throws IOException {
    if (!active.hasUnsealed()) {
      return;
    }
    try {
      active.seal(clock.instant(), nanos.getAsLong());
    } catch (IOException e) {
      files.giveReserve(); // it was kept for this
      active.seal(clock.instant(), nanos.getAsLong());
    }
    lastSequence = active.nextSequence() - 1;
    notifyAll();
    if (active.size() >= segmentBytes) {
      Segment next = begin();
      segments.add(active);
      active = next;
      removeAcknowledged();
      makeRoom();
    }
  }

  /** Returns as soon as something waits, or after {@code limit}. */
  public synchronized void awaitSealed(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    for (long left = limit.toNanos(); head().isEmpty() && left > 0; ) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = deadline - System.nanoTime();
    }
  }

  /** The oldest delivery that was not acknowledged. */
  public synchronized Optional<Sealed> oldest() throws IOException {
    for (Optional<Segment> head = head(); head.isPresent(); head = head()) {
      Segment segment = head.get();
      Segment.Slot slot = segment.oldest().orElseThrow();
      Optional<byte[]> content = segment.read(slot, clock.instant(), nanos.getAsLong());
      if (content.isPresent()) {
        return Optional.of(new Sealed(segment.header().spool(), slot.sequence(), content.get()));
      }
      quarantined++;
      try {
        files.quarantine(segment.file());
      } catch (IOException e) {
        // a full disk keeps no copy of what is damaged, and the others must not wait for it
      }
      segment.forget(slot.sequence());
    }
    return Optional.empty();
  }

  /** The control plane has it for good. */
  public synchronized void acknowledged(Sealed delivery) throws IOException {
    Optional<Segment> head =
        head().filter(segment -> segment.header().spool().equals(delivery.spool()));
    if (head.isPresent()) {
      head.get().forget(delivery.sequence());
      try {
        files.acknowledged(head.get().file(), delivery.sequence());
      } catch (IOException e) {
        // after a restart it is delivered again, and stored once all the same
      }
      removeAcknowledged();
    }
  }

  /** The control plane will never take it: kept for people to look at, out of the queue. */
  public synchronized void refused(Sealed delivery) throws IOException {
    try {
      files.refuse(delivery);
    } catch (IOException e) {
      quarantined++; // a full disk keeps nothing, and the others must not wait for it
    }
    acknowledged(delivery);
  }

  public synchronized int size() {
    return segments.stream().mapToInt(Segment::waiting).sum() + active.waiting();
  }

  /** What it holds and had to give up. */
  public synchronized SpoolState state() {
    return new SpoolState(
        size(),
        bytes(),
        thinnedTraces,
        droppedTraces,
        droppedBursts,
        quarantined,
        unwritten.size());
  }

  @Override
  public synchronized void close() throws IOException {
    try {
      seal();
    } finally {
      active.close();
      for (Segment segment : segments) {
        segment.close();
      }
    }
  }

  private long bytes() {
    return segments.stream().mapToLong(Segment::size).sum() + active.size();
  }

  private Optional<Segment> head() {
    return Stream.concat(segments.stream(), Stream.of(active))
        .filter(segment -> segment.oldest().isPresent())
        .findFirst();
  }

  private Segment begin() throws IOException {
    long first = lastSequence + 1;
    return Segment.create(
        files.segment(openedMillis, first),
        new Header(id, vantagePoint, simulated, first),
        files.disk());
  }

  private void removeAcknowledged() throws IOException {
    while (!segments.isEmpty() && segments.getFirst().isEmpty()) {
      segments.removeFirst().delete();
    }
  }

  /** Detail first: hops everywhere before any trace, traces before any burst; the oldest first. */
  private void makeRoom() throws IOException {
    while (bytes() > mostBytes && !segments.isEmpty()) {
      Segment poorest = segments.stream().min((a, b) -> a.detail().compareTo(b.detail())).get();
      switch (poorest.traces() == 0 ? Detail.NO_TRACES : poorest.detail()) {
        case EVERYTHING -> {
          int traces = poorest.traces();
          if (thin(poorest, Detail.NO_HOPS)) {
            thinnedTraces += traces;
          }
        }
        case NO_HOPS -> {
          int traces = poorest.traces();
          if (thin(poorest, Detail.NO_TRACES)) {
            droppedTraces += traces;
          }
          thinnedTraces -= traces;
        }
        case NO_TRACES -> giveUp(poorest);
      }
    }
  }

  /** Where a full disk does not take the lesser file either, the whole of it goes. */
  private boolean thin(Segment segment, Detail less) throws IOException {
    try {
      replace(segment, segment.thinned(less));
      return true;
    } catch (IOException e) {
      giveUp(segment);
      return false;
    }
  }

  private void giveUp(Segment segment) throws IOException {
    droppedBursts += segment.bursts();
    droppedTraces += segment.traces();
    segments.remove(segment);
    segment.delete();
  }

  private void replace(Segment segment, Segment by) {
    Segment[] all = segments.toArray(Segment[]::new);
    segments.clear();
    for (Segment each : all) {
      segments.add(each == segment ? by : each);
    }
  }

  private void takeOver() throws IOException {
    for (Path file : files.legacy()) {
      takeOverDelivery(file);
    }
    for (Path file : files.segments()) {
      Segment.Recovered recovered =
          Segment.recover(file, clock.instant(), files.disk(), files::quarantine);
      if (recovered.damaged()) {
        quarantined++;
      }
      if (recovered.segment().isPresent()) {
        Segment segment = recovered.segment().get();
        files.acknowledgedIn(file).ifPresent(segment::forget);
        segments.add(segment);
      } else {
        Files.deleteIfExists(file);
      }
    }
    removeAcknowledged();
  }

  /** A delivery as earlier releases kept it, a file each. */
  private void takeOverDelivery(Path file) throws IOException {
    try {
      Delivery delivery = Wire.read(Files.readAllBytes(file), Delivery.class);
      Header header =
          new Header(
              delivery.spool(), delivery.vantagePoint(), delivery.simulated(), delivery.sequence());
      Segment segment = Segment.create(files.segmentOf(file), header, files.disk());
      for (MeasuredBurst burst : delivery.bursts()) {
        segment.append(new SpoolEntry(SpoolEntry.Kind.BURST, Wire.write(burst)));
      }
      for (MeasuredTrace trace : delivery.traces()) {
        segment.append(new SpoolEntry(SpoolEntry.Kind.TRACE, Wire.write(trace)));
      }
      for (Resolution resolution : delivery.resolutions()) {
        segment.append(new SpoolEntry(SpoolEntry.Kind.RESOLUTION, Wire.write(resolution)));
      }
      segment.seal(delivery.sealedAt(), nanos.getAsLong());
      segment.close();
    } catch (MalformedMessageException e) {
      quarantined++;
      files.quarantine(file);
    }
    Files.delete(file);
  }

  /** One delivery; {@code content} is read only. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Sealed(UUID spool, long sequence, byte[] content) {}
}
