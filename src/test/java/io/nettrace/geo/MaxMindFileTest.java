package io.nettrace.geo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaxMindFileTest {
  private static final InetAddress ADDRESS = InetAddress.ofLiteral("1.2.3.4");
  private static final long SEED = Long.getLong("nettrace.test.seed", 42);

  @TempDir private Path folder;

  @Test
  void aCityDatabaseSaysPlaceCoordinatesAndRadius() throws IOException {
    MaxMindFile file = read(write(city("Tokyo")));
    GeoRecord found = file.find(ADDRESS).orElseThrow();
    assertThat(found.place().orElseThrow())
        .isEqualTo(
            new Place(
                Optional.of("Tokyo"),
                Optional.of("JP"),
                Optional.of(new Coordinates(35.69, 139.69)),
                java.util.OptionalInt.of(20)));
    assertThat(found.source()).isEqualTo("GeoLite2-City");
    assertThat(file.find(InetAddress.ofLiteral("9.9.9.9"))).isEmpty();
    assertThat(file.find(InetAddress.ofLiteral("2a00:1::7"))).isPresent();
    assertThat(file.state().problem()).isEmpty();
    assertThat(file.state().builtAt()).hasValue(Instant.ofEpochSecond(1_700_000_000));
  }

  @Test
  void anAsnDatabaseSaysNumberAndName() throws IOException {
    Map<String, Object> record =
        Map.of(
            "autonomous_system_number", 13335L, "autonomous_system_organization", "CLOUDFLARENET");
    MaxMindFile file =
        read(write(new MmdbWriter("GeoLite2-ASN", 1).add("1.2.0.0/16", record).bytes()));
    GeoRecord found = file.find(ADDRESS).orElseThrow();
    assertThat(found.asn()).hasValue(13335);
    assertThat(found.asName()).hasValue("CLOUDFLARENET");
    assertThat(found.isp()).hasValue("CLOUDFLARENET");
    assertThat(found.place()).isEmpty();
  }

  @Test
  void aFileThatIsReplacedByRenamingIsReadAnew() throws IOException {
    Path path = write(city("Tokyo"));
    MaxMindFile file = read(path);
    Path next = folder.resolve("next");
    Files.write(next, city("Osaka"));
    Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
    assertThat(file.refresh()).isTrue();
    assertThat(town(file)).hasValue("Osaka");
    assertThat(file.refresh()).as("nothing changed").isFalse();
  }

  @Test
  void whatIsOverwrittenWhileOpenIsNotPulledFromUnderALookup() throws IOException {
    Path path = write(city("Tokyo"));
    MaxMindFile file = read(path);
    try (RandomAccessFile inPlace = new RandomAccessFile(path.toFile(), "rw")) {
      inPlace.setLength(0);
      assertThat(town(file)).hasValue("Tokyo");
    }
    assertThat(file.refresh()).isFalse();
    assertThat(town(file)).hasValue("Tokyo");
    assertThat(file.state().problem()).isPresent();
    Files.write(path, city("Osaka"));
    assertThat(file.refresh()).isTrue();
    assertThat(town(file)).hasValue("Osaka");
    assertThat(file.state().problem()).isEmpty();
  }

  @Test
  void aHalfWrittenFileKeepsTheOldOneAtEveryLength() throws IOException {
    byte[] whole = city("Osaka");
    Path path = write(city("Tokyo"));
    MaxMindFile file = read(path);
    for (int length = 0; length < whole.length; length += 37) {
      Files.write(path, Arrays.copyOf(whole, length));
      Files.setLastModifiedTime(path, FileTime.fromMillis(length + 1L));
      file.refresh();
      assertThat(town(file)).as("%d bytes", length).hasValue("Tokyo");
    }
  }

  @Test
  void aFileThatIsMissingIsAProblemAndNotTheEnd() throws IOException {
    Path path = folder.resolve("none.mmdb");
    MaxMindFile file = new MaxMindFile(path, Clock.systemUTC());
    assertThat(file.refresh()).isFalse();
    assertThat(file.find(ADDRESS)).isEmpty();
    assertThat(file.state().problem()).isPresent();
    Files.write(path, city("Tokyo"));
    assertThat(file.refresh()).isTrue();
    assertThat(town(file)).hasValue("Tokyo");
    Files.delete(path);
    assertThat(file.refresh()).isFalse();
    assertThat(town(file)).hasValue("Tokyo");
  }

  @Test
  void aCorruptFileNeverThrowsFromALookup() throws IOException {
    System.out.println("seed " + SEED);
    SplittableRandom random = new SplittableRandom(SEED);
    Path path = write(city("Tokyo"));
    MaxMindFile file = read(path);
    for (int i = 0; i < 300; i++) {
      byte[] corrupt = city("Osaka");
      for (int k = 0; k < 8; k++) {
        corrupt[random.nextInt(corrupt.length)] = (byte) random.nextInt();
      }
      Files.write(path, corrupt);
      Files.setLastModifiedTime(path, FileTime.fromMillis(i + 1L));
      file.refresh();
      assertThat(file.find(ADDRESS)).isNotNull();
    }
  }

  private Path write(byte[] content) throws IOException {
    return Files.write(folder.resolve("db.mmdb"), content);
  }

  private static MaxMindFile read(Path path) {
    MaxMindFile file = new MaxMindFile(path, Clock.systemUTC());
    assertThat(file.refresh()).as(() -> file.state().toString()).isTrue();
    return file;
  }

  private static Optional<String> town(MaxMindFile file) {
    return file.find(ADDRESS).flatMap(GeoRecord::place).flatMap(Place::city);
  }

  private static byte[] city(String name) {
    Map<String, Object> record =
        Map.of(
            "city", Map.of("names", Map.of("en", name)),
            "country", Map.of("iso_code", "JP"),
            "location", Map.of("latitude", 35.69, "longitude", 139.69, "accuracy_radius", 20));
    return new MmdbWriter("GeoLite2-City", 1_700_000_000)
        .add("1.2.0.0/16", record)
        .add("2a00:1::/32", record)
        .bytes();
  }
}
