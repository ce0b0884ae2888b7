package io.nettrace.scanner.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.metric.Burst;
import io.nettrace.metric.Hop;
import io.nettrace.metric.HopReply;
import io.nettrace.metric.HopState;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.ProbeOutcome;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.Trace;
import io.nettrace.metric.TraceEnd;
import io.nettrace.scanner.Delivery;
import io.nettrace.scanner.MalformedMessageException;
import io.nettrace.scanner.MeasuredBurst;
import io.nettrace.scanner.MeasuredTrace;
import io.nettrace.scanner.Resolution;
import io.nettrace.scanner.SpoolState;
import io.nettrace.scanner.Wire;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SpoolTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final Clock LATER = Clock.offset(CLOCK, Duration.ofHours(1));
  private static final InetAddress ADDRESS = InetAddress.ofLiteral("198.18.0.1");

  @TempDir Path folder;

  @Test
  void deliveriesAreNumberedFromOneAndComeBackOldestFirst() throws IOException {
    Spool spool = open(CLOCK);
    seal(spool, "a");
    seal(spool, "b", "c");

    assertThat(drain(spool)).containsExactly("1 a", "2 b c");
    assertThat(spool.size()).isZero();
  }

  @Test
  void whatAnEarlierProcessLeftBehindGoesFirstUnderItsOwnNumbering() throws IOException {
    Spool before = open(CLOCK);
    seal(before, "old");
    Spool after = open(LATER);
    seal(after, "new");

    assertThat(after.oldest().orElseThrow().spool()).isEqualTo(before.id());
    assertThat(drain(after)).containsExactly("1 old", "1 new");
  }

  @Test
  void whatWasAppendedAndNeverSealedSurvivesTheProcess() throws IOException {
    Spool killed = open(CLOCK);
    seal(killed, "a");
    killed.append(resolution("b"));

    assertThat(drain(open(LATER))).containsExactly("1 a", "2 b");
  }

  @Test
  void anAcknowledgedDeliveryDoesNotComeBackAfterARestart() throws IOException {
    Spool before = open(CLOCK);
    seal(before, "a");
    seal(before, "b");
    before.acknowledged(before.oldest().orElseThrow());

    assertThat(drain(open(LATER))).containsExactly("2 b");
  }

  /** Whatever a crash leaves of a file's end, what was sealed before is there. */
  @ParameterizedTest
  @MethodSource("seeds")
  void anEndThatWasCutOffOrScribbledOverCostsOnlyThatEnd(long seed) throws IOException {
    Random random = new Random(seed);
    Spool killed = open(CLOCK);
    List<String> sealed = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      seal(killed, "s" + i);
      sealed.add(i + " s" + i);
    }
    Path file = newest();
    long whole = Files.size(file);
    killed.append(resolution("torn"));
    try (RandomAccessFile torn = new RandomAccessFile(file.toFile(), "rw")) {
      torn.setLength(whole + 1 + random.nextLong(torn.length() - whole - 1));
    }

    Spool after = open(LATER);

    assertThat(drain(after)).as("seed %d", seed).containsExactlyElementsOf(sealed);
    assertThat(after.state().quarantined()).isZero();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void damageInTheMiddleCostsWhatItHitAndTheFileIsKept(long seed) throws IOException {
    Random random = new Random(seed);
    Spool before = open(CLOCK);
    for (int i = 1; i <= 20; i++) {
      seal(before, "s" + i);
    }
    try (RandomAccessFile file = new RandomAccessFile(newest().toFile(), "rw")) {
      file.seek(file.length() / 4 + random.nextLong(file.length() / 2));
      int was = file.read();
      file.seek(file.getFilePointer() - 1);
      file.write(was ^ (1 + random.nextInt(255)));
    }

    Spool after = open(LATER);

    List<String> left =
        Deliveries.drain(after).stream()
            .flatMap(d -> d.resolutions().stream())
            .map(Resolution::targetId)
            .toList();
    assertThat(left).as("seed %d", seed).hasSizeGreaterThanOrEqualTo(19).doesNotHaveDuplicates();
    assertThat(after.state().quarantined()).isEqualTo(1);
    assertThat(folder.resolve("quarantine")).isNotEmptyDirectory();
  }

  @Test
  void aFileWithoutAHeaderIsSetAsideAndHoldsUpNobody() throws IOException {
    Files.writeString(folder.resolve("0000000000001-000000000001.spool"), "rubbish");
    Spool spool = open(CLOCK);
    seal(spool, "a");

    assertThat(drain(spool)).containsExactly("1 a");
    assertThat(folder.resolve("quarantine")).isNotEmptyDirectory();
  }

  @Test
  void aFullSpoolGivesUpHopsThenTracesThenBurstsAndCountsThem() throws IOException {
    Spool spool = open(CLOCK, 64 << 10);
    SpoolState hops = fillUntil(spool, state -> state.thinnedTraces() > 0);
    assertThat(hops.droppedTraces()).isZero();
    assertThat(hops.droppedBursts()).isZero();
    SpoolState traces = fillUntil(spool, state -> state.droppedTraces() > 0);
    assertThat(traces.droppedBursts()).isZero();
    SpoolState bursts = fillUntil(spool, state -> state.droppedBursts() > 0);
    assertThat(bursts.bytes()).isLessThanOrEqualTo(64 << 10);

    List<Delivery> left = Deliveries.drain(spool);
    long traced = left.stream().mapToLong(d -> d.traces().size()).sum();
    long burst = left.stream().mapToLong(d -> d.bursts().size()).sum();
    assertThat(burst + bursts.droppedBursts()).isEqualTo(added);
    assertThat(traced + bursts.droppedTraces()).isEqualTo(added);
    assertThat(left).as("thinned or not").allMatch(d -> d.waited().isPresent());
    assertThat(left.stream().flatMap(d -> d.traces().stream()))
        .allMatch(t -> t.trace().totalRttNanos().isPresent() && t.trace().hopCount() == 20);
  }

  @Test
  void aDeliveryOfAnEarlierReleaseIsTakenOver() throws IOException {
    UUID old = UUID.randomUUID();
    Files.write(
        folder.resolve("0000000000001-000000000007.json"),
        Wire.write(
            new Delivery(
                old, 7, "local", false, NOW, List.of(), List.of(), List.of(resolution("a")))));
    Spool spool = open(CLOCK);

    assertThat(spool.oldest().orElseThrow().spool()).isEqualTo(old);
    assertThat(drain(spool)).containsExactly("7 a");
  }

  @Test
  void howLongADeliveryWaitedIsToldByTheClockThatIsNeverSet() throws IOException {
    AtomicLong nanos = new AtomicLong(7);
    AtomicReference<Instant> time = new AtomicReference<>(NOW);
    Spool spool = open(time::get, nanos);
    seal(spool, "a");
    nanos.addAndGet(Duration.ofSeconds(90).toNanos());

    time.set(NOW.minus(Duration.ofHours(3)));
    assertThat(waited(spool)).as("set back meanwhile").contains(Duration.ofSeconds(90));
    time.set(NOW.plus(Duration.ofHours(3)));
    assertThat(waited(spool)).as("the machine slept").contains(Duration.ofHours(3));
    assertThat(waited(open(time::get, nanos))).as("another process sealed it").isEmpty();
  }

  private Optional<Duration> waited(Spool spool) throws IOException {
    try {
      return Wire.read(spool.oldest().orElseThrow().content(), Delivery.class).waited();
    } catch (MalformedMessageException e) {
      throw new AssertionError(e);
    }
  }

  private Spool open(InstantSource time, AtomicLong nanos) throws IOException {
    return Spool.open(
        folder,
        "local",
        false,
        Spool.DEFAULT_BYTES,
        UUID.randomUUID(),
        time.withZone(ZoneOffset.UTC),
        nanos::get,
        Disk.REAL);
  }

  /** Without the reserve, of which a disk has to have some more. */
  private static final int SMALL = 192 << 10;

  private Spool onDiskOf(int bytes) throws IOException {
    return Spool.open(
        folder,
        "local",
        false,
        Spool.DEFAULT_BYTES,
        UUID.randomUUID(),
        CLOCK,
        System::nanoTime,
        new SmallDisk(folder, bytes));
  }

  @Test
  void onAFullDiskWhatWasAcknowledgedMakesRoomAndMeasuringGoesOn() throws IOException {
    Spool spool = onDiskOf(SMALL);
    List<Delivery> taken = new ArrayList<>();
    for (int i = 1; i <= 500; i++) {
      spool.append(burst());
      spool.append(trace());
      sealOrNot(spool);
      assertThat(spool.state().unwritten()).as("measurement %d", i).isLessThan(3);
      taken.addAll(Deliveries.drain(spool));
    }
    spool.seal();
    taken.addAll(Deliveries.drain(spool));

    assertThat(taken.stream().mapToLong(d -> d.bursts().size()).sum()).isEqualTo(500);
    assertThat(taken.stream().mapToLong(d -> d.traces().size()).sum()).isEqualTo(500);
    assertThat(taken.stream().map(Delivery::sequence))
        .as("numbers go on")
        .containsExactlyElementsOf(LongStream.rangeClosed(1, taken.size()).boxed().toList());
  }

  @Test
  void whatAFullDiskDoesNotTakeWaitsInMemoryAndFollowsInOrder() throws IOException {
    Spool spool = onDiskOf(SMALL);
    int added = 0;
    while (spool.state().unwritten() < 100) {
      spool.append(resolution("r" + ++added));
      sealOrNot(spool);
    }

    List<String> delivered =
        Stream.concat(drain(spool).stream(), drainAfterSealing(spool).stream())
            .map(line -> line.replaceFirst("^\\d+ ", ""))
            .flatMap(line -> Stream.of(line.split(" ")))
            .toList();

    assertThat(spool.state().unwritten()).isZero();
    assertThat(delivered)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, added).mapToObj(i -> "r" + i).toList());
  }

  @Test
  void whenMemoryIsFullTooTheOldestThereIsGivenUpAndCounted() throws IOException {
    Spool spool = onDiskOf(SMALL);
    int added = 0;
    while (spool.state().droppedBursts() < 100) {
      added++;
      spool.append(burst());
      spool.append(trace());
    }
    SpoolState full = spool.state();

    long left = 0;
    do {
      sealOrNot(spool);
      left += Deliveries.drain(spool).stream().mapToLong(d -> d.bursts().size()).sum();
    } while (spool.state().unwritten() > 0);

    assertThat(full.droppedTraces()).isPositive();
    assertThat(left + full.droppedBursts()).isEqualTo(added);
  }

  @Test
  void whatWasMeasuredBeforeTheDiskWasFullSurvivesTheProcess() throws IOException {
    Spool killed = onDiskOf(SMALL);
    int added = 0;
    while (killed.state().unwritten() == 0) {
      killed.append(resolution("r" + ++added));
    }
    int written = added - killed.state().unwritten();

    long left =
        Deliveries.drain(onDiskOf(SMALL)).stream().mapToLong(d -> d.resolutions().size()).sum();

    assertThat(left).isEqualTo(written);
  }

  private static void sealOrNot(Spool spool) {
    try {
      spool.seal();
    } catch (IOException e) {
      assertThat(e).hasMessage(SmallDisk.FULL);
    }
  }

  private static List<String> drainAfterSealing(Spool spool) throws IOException {
    spool.seal();
    return drain(spool);
  }

  @Test
  void theFolderNamesTheInstallationAndBelongsToOneProcessAtATime() throws IOException {
    UUID first;
    try (SpoolFolder held = SpoolFolder.hold(folder)) {
      first = held.instance();
    }
    try (SpoolFolder again = SpoolFolder.hold(folder)) {
      assertThat(again.instance()).isEqualTo(first);
    }
  }

  private int added;

  private SpoolState fillUntil(Spool spool, java.util.function.Predicate<SpoolState> reached)
      throws IOException {
    while (!reached.test(spool.state()) && added < 5_000) {
      added++;
      spool.append(burst());
      spool.append(trace());
      spool.seal();
    }
    return spool.state();
  }

  private static MeasuredBurst burst() {
    return new MeasuredBurst(
        "nyse",
        "www.nyse.com",
        Burst.of(
            NOW,
            ADDRESS,
            Protocol.ICMP,
            ProbeMode.RAW,
            List.of(new ProbeOutcome.Replied(ADDRESS, 1_000_000))));
  }

  private static MeasuredTrace trace() {
    List<Hop> hops =
        IntStream.rangeClosed(1, 20)
            .mapToObj(
                ttl ->
                    new Hop(
                        ttl,
                        ttl == 20 ? HopState.DESTINATION : HopState.ANSWERED,
                        List.of(new HopReply(ADDRESS, ttl * 1_000L, List.of()))))
            .toList();
    return new MeasuredTrace(
        "nyse",
        "www.nyse.com",
        MeasuredTrace.Cause.SCHEDULED,
        new Trace(NOW, ADDRESS, Protocol.ICMP, ProbeMode.RAW, hops, TraceEnd.DESTINATION_REACHED));
  }

  private static LongStream seeds() {
    return LongStream.range(1, 30);
  }

  private Path newest() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> f.toString().endsWith(".spool"))
          .max(java.util.Comparator.naturalOrder())
          .orElseThrow();
    }
  }

  private Spool open(Clock clock) throws IOException {
    return open(clock, Spool.DEFAULT_BYTES);
  }

  private Spool open(Clock clock, long bytes) throws IOException {
    return Spool.open(folder, "local", false, bytes, UUID.randomUUID(), clock);
  }

  private static Resolution resolution(String host) {
    return new Resolution.Failed(host, host, NOW, "NXDOMAIN");
  }

  private static void seal(Spool spool, String... hosts) throws IOException {
    for (String host : hosts) {
      spool.append(resolution(host));
    }
    spool.seal();
  }

  private static List<String> drain(Spool spool) throws IOException {
    return Deliveries.drain(spool).stream()
        .map(
            d ->
                d.sequence()
                    + " "
                    + String.join(" ", d.resolutions().stream().map(Resolution::targetId).toList()))
        .toList();
  }
}
