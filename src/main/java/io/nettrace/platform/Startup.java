package io.nettrace.platform;

import io.nettrace.platform.log.StartRefusal;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The life of the application: check every setting, then migrate, then announce {@link
 * DatabaseReady}. A wrong setting ends the deployment and leaves its reason; a database that is
 * away is waited for.
 */
@Service
public class Startup {
  private static final Logger LOG = System.getLogger(Startup.class.getName());
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final Settings settings;
  private final Instance<Configured> components;
  private final Database database;
  private final Event<DatabaseReady> ready;
  private final ScheduledExecutorService retries =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("nettrace-startup").factory());
  private volatile boolean databaseReady;

  @Inject
  Startup(
      Settings settings,
      @Any Instance<Configured> components,
      Database database,
      Event<DatabaseReady> ready) {
    this.settings = settings;
    this.components = components;
    this.database = database;
    this.ready = ready;
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object context) {
    try {
      List<Setting<?>> all =
          components.stream().<Setting<?>>flatMap(c -> c.settings().stream()).toList();
      settings.check(all);
      prepareDatabase();
    } catch (ConfigurationException | DatabaseException e) {
      StartRefusal.leave(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  /** True once tables may be used. */
  public boolean isDatabaseReady() {
    return databaseReady;
  }

  private void prepareDatabase() {
    try {
      new Migrations(database).apply();
      ready.fire(new DatabaseReady());
      databaseReady = true;
    } catch (DatabaseUnavailableException e) {
      LOG.log(
          Level.WARNING,
          "the database cannot be reached ({0}); check nettrace.db.url, user and password; trying"
              + " again in {1} s",
          e.getMessage(),
          RETRY.toSeconds());
      retryLater();
    }
  }

  private void retryLater() {
    var _ = retries.schedule(this::retry, RETRY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Whatever goes wrong then is told, and tried again: the node must not stay half started. */
  private void retry() {
    try {
      prepareDatabase();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "the database is there, but the node cannot begin with it", e);
      retryLater();
    }
  }

  @PreDestroy
  void stop() {
    retries.shutdownNow();
  }
}
