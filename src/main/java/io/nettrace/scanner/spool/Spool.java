package io.nettrace.scanner.spool;

import io.nettrace.scanner.Delivery;
import io.nettrace.scanner.MalformedMessageException;
import io.nettrace.scanner.MeasuredBurst;
import io.nettrace.scanner.MeasuredTrace;
import io.nettrace.scanner.Resolution;
import io.nettrace.scanner.SpoolState;
import io.nettrace.scanner.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The queue of deliveries that outlives the process. Each start numbers its deliveries from 1 under
 * a new spool id; what an earlier start left behind keeps its own id and goes first.
 *
 * <p>A delivery is sealed when its file has its final name: it was written whole and forced to disk
 * before. A file cut off by a crash never got that name and is removed at the next start.
 */
public final class Spool {
  /** At about one delivery a second, three hours without the control plane. */
  public static final int DEFAULT_CAPACITY = 10_000;

  private static final String SEALED = ".json";
  private static final String DRAFT = ".draft";

  private final Path folder;
  private final String vantagePoint;
  private final boolean simulated;
  private final int capacity;
  private final Clock clock;
  private final UUID id;
  private final long openedMillis;
  private final TreeSet<String> sealed = new TreeSet<>();
  private long lastSequence;
  private long dropped;

  private Spool(
      Path folder, String vantagePoint, boolean simulated, int capacity, UUID id, Clock clock) {
    this.folder = folder;
    this.vantagePoint = vantagePoint;
    this.simulated = simulated;
    this.capacity = capacity;
    this.id = id;
    this.clock = clock;
    this.openedMillis = clock.millis();
  }

  /**
   * Opens the folder and takes over what is in it; what is sealed from now on is numbered under
   * {@code id}.
   */
  public static Spool open(
      Path folder, String vantagePoint, boolean simulated, int capacity, UUID id, Clock clock)
      throws IOException {
    Files.createDirectories(folder);
    Spool spool = new Spool(folder, vantagePoint, simulated, capacity, id, clock);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        spool.takeOver(file);
      }
    }
    return spool;
  }

  public UUID id() {
    return id;
  }

  /** Numbers and keeps these measurements; when this returns they survive the process. */
  public synchronized void seal(
      List<MeasuredBurst> bursts, List<MeasuredTrace> traces, List<Resolution> resolutions)
      throws IOException {
    Instant now = clock.instant();
    long sequence = lastSequence + 1;
    byte[] content =
        Wire.write(
            new Delivery(id, sequence, vantagePoint, simulated, now, bursts, traces, resolutions));
    String name = "%013d-%012d".formatted(openedMillis, sequence);
    Path draft = folder.resolve(name + DRAFT);
    try (FileChannel file =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      file.force(true);
    }
    Files.move(draft, folder.resolve(name + SEALED), StandardCopyOption.ATOMIC_MOVE);
    lastSequence = sequence;
    sealed.add(name + SEALED);
    makeRoom();
    notifyAll();
  }

  /** Returns as soon as something waits, or after {@code limit}. */
  public synchronized void awaitSealed(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    for (long left = limit.toNanos(); sealed.isEmpty() && left > 0; ) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = deadline - System.nanoTime();
    }
  }

  /** The oldest delivery that was not acknowledged, as it was sealed. */
  public synchronized Optional<Sealed> oldest() throws IOException {
    while (!sealed.isEmpty()) {
      Path file = folder.resolve(sealed.first());
      try {
        byte[] content = Files.readAllBytes(file);
        return Optional.of(new Sealed(file, content, Wire.read(content, Delivery.class)));
      } catch (NoSuchFileException e) {
        sealed.pollFirst();
      } catch (MalformedMessageException e) {
        setAside(file);
      }
    }
    return Optional.empty();
  }

  /** The control plane has it for good. */
  public synchronized void acknowledged(Sealed delivery) throws IOException {
    Files.deleteIfExists(delivery.file());
    sealed.remove(fileName(delivery.file()));
  }

  /** The control plane will never take it: kept for people to look at, out of the queue. */
  public synchronized void refused(Sealed delivery) throws IOException {
    setAside(delivery.file());
  }

  public synchronized int size() {
    return sealed.size();
  }

  /** What it holds and had to give up. */
  public synchronized SpoolState state() {
    return new SpoolState(sealed.size(), 0, 0, 0, dropped, 0);
  }

  /** Deliveries given up because the spool was full. */
  public synchronized long dropped() {
    return dropped;
  }

  private void makeRoom() throws IOException {
    while (sealed.size() > capacity) {
      Files.deleteIfExists(folder.resolve(sealed.pollFirst()));
      dropped++;
    }
  }

  private void takeOver(Path file) throws IOException {
    String name = fileName(file);
    if (name.endsWith(DRAFT)) {
      Files.delete(file);
    } else if (name.endsWith(SEALED)) {
      sealed.add(name);
    }
  }

  private void setAside(Path file) throws IOException {
    Path aside = Files.createDirectories(folder.resolve("refused"));
    Files.move(file, aside.resolve(fileName(file)), StandardCopyOption.REPLACE_EXISTING);
    sealed.remove(fileName(file));
  }

  private static String fileName(Path file) {
    return String.valueOf(file.getFileName());
  }

  /** One delivery as it lies on disk; {@code content} is read only. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Sealed(Path file, byte[] content, Delivery delivery) {}
}
