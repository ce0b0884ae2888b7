package io.nettrace.tenant;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseConfig;
import io.nettrace.platform.DatabaseUse;
import io.nettrace.platform.Entities;
import io.nettrace.platform.Service;
import io.nettrace.platform.Settings;
import io.nettrace.platform.secret.Secrets;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The logins of tenants, each with a pool of connections of its own, opened when first needed and
 * emptied when idle. A connection that is not behind a tenant's {@link Walls} can read nothing.
 */
@Service
public class Cells {
  private static final String SECRET_FILE = "cell-secret";
  private static final Duration WAIT = Duration.ofSeconds(3);
  private static final Duration IDLE = Duration.ofMinutes(1);
  private static final Duration LONGEST_LIFE = Duration.ofMinutes(30);
  private static final int SOCKET_TIMEOUT_SECONDS = 60;

  private final Database platform;
  private final DatabaseConfig config;
  private final TenantConfig tenants;
  private final CellLogins logins;
  private final DatabaseUse.Pool use;
  private final Supplier<SessionFactory> entities;
  private final Map<Integer, Cell> open = new ConcurrentHashMap<>();

  private record Cell(HikariDataSource pool, Database database) {}

  @Inject
  Cells(
      Database database,
      Settings settings,
      TenantConfig tenants,
      Secrets secrets,
      DatabaseUse use,
      Entities entities) {
    this(
        database,
        DatabaseConfig.from(settings),
        tenants,
        secrets.obtain(tenants.cellSecret(), SECRET_FILE),
        use,
        entities::factory);
  }

  Cells(
      Database database,
      DatabaseConfig config,
      TenantConfig tenants,
      String secret,
      DatabaseUse use,
      Supplier<SessionFactory> entities) {
    this.platform = database;
    this.entities = entities;
    this.use = use.pool("tenants");
    this.config = config;
    this.tenants = tenants;
    this.logins = new CellLogins(database, secret, tenants.cellTenants());
  }

  /** The database as the cell's login sees it. */
  Database database(int cell) {
    return open(cell).database();
  }

  /** Connections of the cell, for a library that wants to hold them itself. */
  DataSource source(int cell) {
    return open(cell).pool();
  }

  /** How many connections all cells hold open, in use or not. */
  public int connections() {
    return open.values().stream().mapToInt(cell -> connections(cell.pool())).sum();
  }

  private static int connections(HikariDataSource pool) {
    HikariPoolMXBean state = pool.getHikariPoolMXBean();
    return state == null ? 0 : state.getTotalConnections();
  }

  /** A cell that has room for one more tenant, as number and login; waits for other nodes. */
  CellLogins.Login withRoom(Connection transaction) throws SQLException {
    return logins.withRoom(transaction);
  }

  /** A cell that no other tenant will share. */
  CellLogins.Login exclusive(Connection transaction) throws SQLException {
    return logins.create(transaction, true);
  }

  /** A tenant's login is no longer its own, or gone: connections that wait are closed. */
  void close(int cell) {
    Cell closed = open.remove(cell);
    if (closed != null) {
      closed.pool().close();
    }
  }

  private Cell open(int cell) {
    return open.computeIfAbsent(cell, this::connect);
  }

  private Cell connect(int cell) {
    CellLogins.Login login = logins.find(cell);
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(config.url());
    source.setUser(login.name());
    source.setPassword(logins.password(login));
    source.setConnectTimeout((int) WAIT.toSeconds());
    source.setSocketTimeout(SOCKET_TIMEOUT_SECONDS);
    source.setLogServerErrorDetail(false);
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("cell-" + cell);
    pool.setDataSource(source);
    pool.setMaximumPoolSize(tenants.cellConnections());
    pool.setMinimumIdle(0);
    pool.setIdleTimeout(IDLE.toMillis());
    pool.setMaxLifetime(LONGEST_LIFE.toMillis());
    pool.setConnectionTimeout(WAIT.toMillis());
    pool.setInitializationFailTimeout(-1); // it is opened when the database is back
    HikariDataSource opened = new HikariDataSource(pool);
    Database database = new Database(() -> opened, use, entities);
    database.whenPublished(platform::published);
    return new Cell(opened, database);
  }

  @PreDestroy
  void stop() {
    open.keySet().forEach(this::close);
  }
}
