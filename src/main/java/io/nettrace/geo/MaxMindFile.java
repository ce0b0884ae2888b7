package io.nettrace.geo;

import com.maxmind.db.CHMCache;
import com.maxmind.db.InvalidNetworkException;
import com.maxmind.db.Reader;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A database in MaxMind's format that is read anew when its file changes. What is read is a private
 * copy, so that somebody who overwrites the file in place does not pull it from under a lookup. A
 * copy that cannot be opened, or in which lookups fail, is dropped and the one before stays in use.
 */
final class MaxMindFile implements GeoSource {
  private static final Logger LOG = System.getLogger(MaxMindFile.class.getName());

  /** Addresses looked up in a new copy before it is believed. */
  private static final int TRIALS = 500;

  private static final int IPV4_BYTES = 4;

  /** What a file looked like when it was read. */
  private record Version(long size, Instant changedAt, @Nullable Object key) {
    static Version of(Path file) throws IOException {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return new Version(found.size(), found.lastModifiedTime().toInstant(), found.fileKey());
    }
  }

  private final Path file;
  private final Clock clock;
  private volatile @Nullable Reader reader;
  private @Nullable Reader retired;
  private @Nullable Version seen;
  private volatile GeoFileState state;

  MaxMindFile(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
    this.state =
        new GeoFileState(file, Optional.empty(), Optional.empty(), Optional.of("not read yet"));
  }

  GeoFileState state() {
    return state;
  }

  /** Reads the file if it is not the one that was read last; true when another is in use now. */
  synchronized boolean refresh() {
    close(retired);
    retired = null;
    try {
      Version now = Version.of(file);
      if (now.equals(seen)) {
        return false;
      }
      Reader opened = open();
      if (!Version.of(file).equals(now)) {
        close(opened);
        return failed("it is being written");
      }
      seen = now;
      return adopt(opened);
    } catch (IOException | RuntimeException e) {
      return failed(e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }

  @Override
  public Optional<GeoRecord> find(InetAddress address) {
    Reader current = reader;
    if (current == null) {
      return Optional.empty();
    }
    try {
      Map<?, ?> data = current.get(address, Map.class);
      return Optional.ofNullable(data)
          .map(found -> MaxMindRecord.of(found, current.getMetadata().databaseType()));
    } catch (IOException | RuntimeException e) {
      // retired this moment, or broken where the trials did not look: this address is unknown
      LOG.log(Level.DEBUG, "no record of {0}: {1}", address.getHostAddress(), e);
      return Optional.empty();
    }
  }

  private Reader open() throws IOException {
    Path copy = Files.createTempFile("nettrace-geo", ".mmdb");
    try {
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      Reader opened = new Reader(copy.toFile(), Reader.FileMode.MEMORY_MAPPED, new CHMCache());
      try {
        tryOut(opened);
        return opened;
      } catch (IOException | RuntimeException e) {
        close(opened);
        throw e;
      }
    } finally {
      // mapped memory outlives the name
      Files.deleteIfExists(copy);
    }
  }

  private static void tryOut(Reader opened) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    int bytes = opened.getMetadata().ipVersion() == IPV4_BYTES ? IPV4_BYTES : 16;
    for (int i = 0; i < TRIALS; i++) {
      byte[] address = new byte[i % 2 == 0 ? IPV4_BYTES : bytes];
      random.nextBytes(address);
      var _ = opened.get(address(address), Map.class);
    }
    try {
      var networks = opened.networks(Map.class);
      for (int i = 0; i < TRIALS && networks.hasNext(); i++) {
        var _ = networks.next();
      }
    } catch (InvalidNetworkException e) {
      throw new IOException(e);
    }
  }

  private static InetAddress address(byte[] bytes) throws UnknownHostException {
    return InetAddress.getByAddress(bytes);
  }

  private boolean adopt(Reader opened) {
    retired = reader;
    reader = opened;
    Instant builtAt = opened.getMetadata().buildTime();
    state =
        new GeoFileState(
            file, Optional.of(clock.instant()), Optional.of(builtAt), Optional.empty());
    LOG.log(Level.INFO, "{0}: {1}, built {2}", file, opened.getMetadata().databaseType(), builtAt);
    return true;
  }

  private boolean failed(String problem) {
    if (!state.problem().equals(Optional.of(problem))) {
      LOG.log(
          Level.WARNING,
          "{0} cannot be used ({1}); {2}",
          file,
          problem,
          reader == null ? "places and origins stay unknown" : "the one read before stays in use");
    }
    state = new GeoFileState(file, state.readAt(), state.builtAt(), Optional.of(problem));
    return false;
  }

  private static void close(@Nullable Reader unused) {
    if (unused != null) {
      try {
        unused.close();
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "a database that is no longer used", e);
      }
    }
  }
}
