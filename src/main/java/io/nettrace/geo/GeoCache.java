package io.nettrace.geo;

import io.nettrace.metric.SpecialAddresses;
import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseException;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.DatabaseUnavailableException;
import io.nettrace.platform.Service;
import io.nettrace.platform.StartPhase;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What was found of each address, for a while: in memory for whoever asks, and in {@code
 * catalog.ip_geo_cache} for people and for the next start. It is looked up anew when it has expired
 * or a file was replaced.
 */
@Service
public class GeoCache {
  private static final Logger LOG = System.getLogger(GeoCache.class.getName());
  private static final int MOST_ADDRESSES = 100_000;
  private static final int MOST_UNSAVED = 10_000;
  private static final Duration SAVE_EVERY = Duration.ofSeconds(10);
  private static final Duration FORGET_EVERY = Duration.ofHours(1);

  /** An address of the lab and the same address outside it have nothing in common. */
  private record Key(InetAddress address, boolean simulated) {}

  private record Held(Optional<GeoRecord> record, Instant expiresAt, long generation) {}

  private final GeoSources sources;
  private final ReverseNames reverseNames;
  private final GeoStore store;
  private final Duration keep;
  private final Clock clock;
  private final Chores chores;
  private final Map<Key, Held> entries =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Held> eldest) {
          return size() > MOST_ADDRESSES;
        }
      };
  private final Map<InetAddress, GeoRecord> unsaved = new HashMap<>();
  private volatile Map<InetAddress, GeoRecord> remembered = Map.of();
  private final ScheduledExecutorService saves =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("nettrace-geo-cache").factory());

  @Inject
  GeoCache(
      GeoSources sources,
      ReverseNames reverseNames,
      Database database,
      Chores chores,
      GeoConfig config,
      Clock clock) {
    this.sources = sources;
    this.reverseNames = reverseNames;
    this.store = new GeoStore(database);
    this.chores = chores;
    this.keep = config.cacheFor();
    this.clock = clock;
  }

  void begin(@Observes @Priority(StartPhase.CACHES) DatabaseReady ready) {
    remembered = store.load(clock.instant(), MOST_ADDRESSES);
    chores.every(FORGET_EVERY, "forgetting old places of addresses", this::forget);
    var _ =
        saves.scheduleWithFixedDelay(
            this::save, SAVE_EVERY.toMillis(), SAVE_EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Everything that is known of an address now; a name may follow later. */
  synchronized Optional<GeoRecord> find(InetAddress address, boolean simulated) {
    Key key = new Key(address, simulated);
    Held entry = entries.get(key);
    long generation = sources.generation();
    Instant now = clock.instant();
    if (entry == null || entry.generation < generation || entry.expiresAt.isBefore(now)) {
      entry = new Held(lookUp(address, simulated), now.plus(keep), generation);
      put(key, entry);
    }
    return entry.record;
  }

  private Optional<GeoRecord> lookUp(InetAddress address, boolean simulated) {
    Optional<GeoRecord> found = sources.find(address, simulated);
    if (simulated || SpecialAddresses.meaning(address).isPresent()) {
      return found;
    }
    Optional<GeoRecord> earlier = Optional.ofNullable(remembered.get(address));
    if (earlier.flatMap(GeoRecord::hostName).isEmpty()) {
      reverseNames.ask(address, name -> named(address, name));
    }
    return found.isPresent() && earlier.isPresent()
        ? found.map(record -> record.hostName().isEmpty() ? named(record, earlier.get()) : record)
        : found.or(() -> earlier);
  }

  private static GeoRecord named(GeoRecord record, GeoRecord earlier) {
    return earlier.hostName().map(record::named).orElse(record);
  }

  private synchronized void named(InetAddress address, String name) {
    Key key = new Key(address, false);
    Held entry = entries.get(key);
    if (entry != null) {
      GeoRecord record = entry.record.orElse(GeoRecord.nothing("reverse name")).named(name);
      put(key, new Held(Optional.of(record), entry.expiresAt, entry.generation));
    }
  }

  private void put(Key key, Held entry) {
    entries.put(key, entry);
    if (unsaved.size() < MOST_UNSAVED) {
      entry.record.ifPresent(record -> unsaved.put(key.address(), record));
    }
  }

  void save() {
    List<Map.Entry<InetAddress, GeoRecord>> due;
    synchronized (this) {
      due = new ArrayList<>(unsaved.entrySet());
      unsaved.clear();
    }
    Instant now = clock.instant();
    try {
      store.save(due, now, now.plus(keep));
    } catch (DatabaseException e) {
      LOG.log(
          e instanceof DatabaseUnavailableException ? Level.DEBUG : Level.INFO,
          "places of addresses are saved later: {0}",
          e.getMessage());
      synchronized (this) {
        due.forEach(entry -> unsaved.putIfAbsent(entry.getKey(), entry.getValue()));
      }
    }
  }

  private void forget() {
    store.forget(clock.instant().minus(keep));
  }

  @PreDestroy
  void stop() {
    saves.shutdownNow();
  }
}
