package io.nettrace.prober.cli;

import com.maxmind.db.CHMCache;
import com.maxmind.db.Reader;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Autonomous systems of addresses, from a file in MaxMind's format such as GeoLite2-ASN.mmdb or the
 * server's own; without a file every address is of an unknown one. The network is never asked.
 */
final class AsTable implements Closeable {
  /** A system by its number, and its name where the file has one. */
  record AutonomousSystem(long asn, Optional<String> name) {
    String text() {
      return "AS" + asn + name.map(known -> " " + known).orElse("");
    }
  }

  private final @Nullable Reader reader;

  private AsTable(@Nullable Reader reader) {
    this.reader = reader;
  }

  static AsTable none() {
    return new AsTable(null);
  }

  /**
   * Opens a file.
   *
   * @throws IOException when it cannot be read, or is no such database; the message is a sentence
   */
  static AsTable open(Path file) throws IOException {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new IOException("There is no readable AS table at " + file + ".");
    }
    try {
      return new AsTable(new Reader(file.toFile(), Reader.FileMode.MEMORY_MAPPED, new CHMCache()));
    } catch (IOException | RuntimeException e) {
      throw new IOException("The file " + file + " is no database in MaxMind's format.", e);
    }
  }

  boolean isKnown() {
    return reader != null;
  }

  Optional<AutonomousSystem> of(InetAddress address) {
    if (reader == null) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(reader.get(address, Map.class)).flatMap(AsTable::system);
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // an IPv6 address in a table of IPv4, or a broken record
    }
  }

  private static Optional<AutonomousSystem> system(Map<?, ?> data) {
    return data.get("autonomous_system_number") instanceof Number number
        ? Optional.of(
            new AutonomousSystem(
                number.longValue(),
                data.get("autonomous_system_organization") instanceof String name
                    ? Optional.of(name)
                    : Optional.empty()))
        : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
    }
  }
}
