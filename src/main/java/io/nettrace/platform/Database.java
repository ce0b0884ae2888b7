package io.nettrace.platform;

import java.lang.reflect.UndeclaredThrowableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;

/** Runs SQL: one statement's worth, or a transaction that commits as a whole or not at all. */
public final class Database {

  /** What to do with a connection. */
  @FunctionalInterface
  public interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  private final Supplier<DataSource> pool;
  private final DatabaseUse.Pool use;
  private final Supplier<SessionFactory> entities;
  private volatile Runnable published = () -> {};

  /** A database without entities, whose use is not told. */
  public Database(Supplier<DataSource> pool) {
    this(pool, Database::noEntities);
  }

  /** A database whose use is not told. */
  public Database(Supplier<DataSource> pool, Supplier<SessionFactory> entities) {
    this(pool, DatabaseUse.untold(), entities);
  }

  public Database(
      Supplier<DataSource> pool, DatabaseUse.Pool use, Supplier<SessionFactory> entities) {
    this.pool = pool;
    this.use = use;
    this.entities = entities;
  }

  /** For libraries of the platform that want to hold connections of their own. */
  public DataSource source() {
    return pool.get();
  }

  /** Each statement stands for itself. */
  public <T> T run(Work<T> work) {
    try {
      return use.run(pool.get(), work);
    } catch (SQLException e) {
      throw DatabaseException.of(e);
    } catch (UndeclaredThrowableException e) {
      throw wrapped(e);
    }
  }

  /** The container's connections are proxies, which wrap failures that the method declares. */
  private static RuntimeException wrapped(UndeclaredThrowableException wrapper) {
    return Causes.first(wrapper, SQLException.class)
        .<RuntimeException>map(DatabaseException::of)
        .orElse(wrapper);
  }

  /** All or nothing; any exception rolls back. */
  public <T> T transaction(Tx.Work<T> work) {
    return this.<Tx.Ended<T>>run(connection -> Tx.run(connection, entities, published, work))
        .follow();
  }

  /** Runs after each commit of a transaction that published events; brief. */
  public void whenPublished(Runnable action) {
    published = action;
  }

  /** As if a transaction of this object had published: for logins that share its database. */
  public void published() {
    published.run();
  }

  private static SessionFactory noEntities() {
    throw new IllegalStateException("there are no entities in this database");
  }
}
