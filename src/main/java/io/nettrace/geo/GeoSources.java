package io.nettrace.geo;

import io.nettrace.platform.Service;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The sources of this installation: the lab's own for what is simulated, else the files. */
@Service
public class GeoSources {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

  private final LabSource lab = LabSource.shipped();
  private final Optional<MaxMindFile> cities;
  private final Optional<MaxMindFile> systems;
  private final AtomicLong generation = new AtomicLong();

  /** Files are each node's own, so each node looks after its own. */
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("nettrace-geo-files").factory());

  @Inject
  GeoSources(GeoConfig config, Clock clock) {
    cities = config.cityFile().map(file -> new MaxMindFile(file, clock));
    systems = config.asnFile().map(file -> new MaxMindFile(file, clock));
  }

  @PostConstruct
  void begin() {
    refresh();
    var _ =
        looks.scheduleWithFixedDelay(
            this::refresh, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  void refresh() {
    files().filter(MaxMindFile::refresh).forEach(_ -> generation.incrementAndGet());
  }

  /** Rises whenever a file was read: what was found before may be found otherwise now. */
  long generation() {
    return generation.get();
  }

  Optional<GeoRecord> find(InetAddress address, boolean simulated) {
    if (simulated) {
      return lab.find(address);
    }
    Optional<GeoRecord> place = cities.flatMap(file -> file.find(address));
    Optional<GeoRecord> origin = systems.flatMap(file -> file.find(address));
    return place.isPresent() && origin.isPresent()
        ? Optional.of(place.get().with(origin.get()))
        : place.or(() -> origin);
  }

  Optional<Place> labVantage() {
    return lab.vantage();
  }

  List<GeoFileState> states() {
    return files().map(MaxMindFile::state).toList();
  }

  private Stream<MaxMindFile> files() {
    return Stream.concat(cities.stream(), systems.stream());
  }

  @PreDestroy
  void stop() {
    looks.shutdownNow();
  }
}
