package io.nettrace.scan;

import io.nettrace.metric.Burst;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.ProbeOutcome;
import io.nettrace.metric.Protocol;
import io.nettrace.scanner.Assignment;
import io.nettrace.scanner.Hello;
import io.nettrace.scanner.Lease;
import io.nettrace.scanner.MeasuredBurst;
import io.nettrace.scanner.SpoolState;
import io.nettrace.scanner.courier.Courier;
import io.nettrace.scanner.courier.Orders;
import io.nettrace.scanner.spool.Spool;
import io.nettrace.scanner.spool.SpoolFolder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * A scanner whose measurements are numbered: the real spool and courier, and instead of a network a
 * counter. What the spool has taken is counted in a file of its own, so that the test knows what
 * must be in the record. Arguments: folder, control plane, start of the numbering, how many a
 * second and how many a seal, and where to die after how many.
 */
public final class ScannerUnderTest {
  static final String PLACE = "crash-test";
  private static final InetAddress ADDRESS = InetAddress.ofLiteral("198.18.0.1");

  private ScannerUnderTest() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Instant start = Instant.parse(arguments[2]);
    long pause = 1_000_000_000L / Long.parseLong(arguments[3]);
    int sealEvery = Integer.parseInt(arguments[4]);
    String killPoint = arguments[5];
    int dieAfter = Integer.parseInt(arguments[6]);
    try (SpoolFolder held = SpoolFolder.hold(folder);
        RandomAccessFile taken = new RandomAccessFile(folder.resolve("taken").toFile(), "rw")) {
      Spool spool =
          Spool.open(
              folder, PLACE, true, Spool.DEFAULT_BYTES, UUID.randomUUID(), Clock.systemUTC());
      Hello hello =
          new Hello(
              Hello.CONTRACT_VERSION,
              PLACE,
              true,
              ProbeMode.RAW,
              spool.id(),
              held.instance(),
              SpoolState.EMPTY);
      Courier _ =
          Courier.start(
              URI.create(arguments[1]), folder.resolve("token"), hello, spool, new NoOrders());
      long number = next(folder, taken);
      for (int i = 1; ; i++) {
        spool.append(burst(start.plusMillis(number)));
        number++;
        taken.seek(0);
        taken.writeLong(number);
        dieAt("appended, not sealed", killPoint, i, dieAfter);
        if (i % sealEvery == 0) {
          spool.seal();
          dieAt("sealed, not sent", killPoint, i, dieAfter);
        }
        LockSupport.parkNanos(pause);
      }
    }
  }

  /**
   * A number that was under way when an earlier run was killed is in doubt and not used again: the
   * spool may have it.
   */
  private static long next(Path folder, RandomAccessFile taken) throws IOException {
    if (taken.length() == 0) {
      return 0;
    }
    long doubtful = taken.readLong();
    Files.writeString(
        folder.resolve("doubtful"),
        doubtful + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    taken.seek(0);
    taken.writeLong(doubtful + 1);
    return doubtful + 1;
  }

  private static void dieAt(String point, String killPoint, int done, int dieAfter) {
    if (point.equals(killPoint) && done >= dieAfter) {
      Runtime.getRuntime().halt(137);
    }
  }

  private static MeasuredBurst burst(Instant at) {
    return new MeasuredBurst(
        "nyse",
        "www.nyse.com",
        Burst.of(
            at,
            ADDRESS,
            Protocol.ICMP,
            ProbeMode.RAW,
            List.of(new ProbeOutcome.Replied(ADDRESS, 1_000_000))));
  }

  /** Measures by its own script. */
  private static final class NoOrders implements Orders {
    @Override
    public void assigned(Assignment assignment) {}

    @Override
    public void leased(Lease lease, long askedNanos, long heardNanos) {}

    @Override
    public void traceNow(List<String> targetIds) {}
  }
}
