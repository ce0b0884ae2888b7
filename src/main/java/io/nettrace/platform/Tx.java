package io.nettrace.platform;

import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Unit of work: what is done in it is committed together or not at all, by SQL on its connection
 * and by entities on the same connection. What has to wait for the commit is given to {@link
 * #afterCommit}; nothing else follows a commit.
 *
 * <p>A table is changed either by SQL or by entities within one unit: entities do not see what SQL
 * changed behind their back.
 */
public final class Tx {
  private final Connection connection;
  private final Supplier<SessionFactory> factory;
  private final List<Runnable> followers = new ArrayList<>();
  private @Nullable Session session;
  private final Runnable published;
  private boolean publishes;
  private boolean rollsBack;

  /** What to do in it. */
  @FunctionalInterface
  public interface Work<T> {
    T run(Tx tx) throws SQLException;
  }

  private Tx(Connection connection, Supplier<SessionFactory> factory, Runnable published) {
    this.connection = connection;
    this.factory = factory;
    this.published = published;
  }

  /** For SQL and COPY; sees what entities have changed so far. */
  public Connection connection() {
    if (session != null) {
      session.flush();
    }
    return connection;
  }

  /** Entities of the schema that the connection works in. */
  public Session entities() {
    Session open = session;
    if (open == null) {
      open = factory.get().withOptions().connection(connection).openSession();
      session = open;
      var _ = open.beginTransaction();
    }
    return open;
  }

  /**
   * Runs when everything is committed and the connection is free again, in the order in which it
   * was given, and not at all otherwise. For what is held in memory: what must not be lost belongs
   * into the transaction.
   */
  public void afterCommit(Runnable action) {
    followers.add(action);
  }

  /**
   * Keeps what happened, for every consumer of the event, if the unit commits. Behind a tenant's
   * walls it is the tenant's, whatever the event says.
   */
  public void publish(Actor by, DomainEvent event) throws SQLException {
    EventRow.of(by, event).insert(connection());
    wakeConsumers();
  }

  /** Keeps who made a change, with the change. */
  public void audit(Actor by, AuditEntry entry) throws SQLException {
    EventRow.of(by, entry).insert(connection());
    wakeConsumers();
  }

  private void wakeConsumers() {
    if (!publishes) {
      publishes = true;
      afterCommit(published);
    }
  }

  /** Lets the unit end without any change, though its work returns. */
  public void rollbackOnly() {
    rollsBack = true;
  }

  /** A unit that has ended: its result, and what follows once its connection is free again. */
  record Ended<T>(T result, List<Runnable> followers) {
    T follow() {
      Tx.follow(followers);
      return result;
    }
  }

  /** Does the work on a connection that has no other user meanwhile. */
  static <T> Ended<T> run(
      Connection connection, Supplier<SessionFactory> factory, Runnable published, Work<T> work)
      throws SQLException {
    Tx tx = new Tx(connection, factory, published);
    T result = tx.work(work);
    return new Ended<>(result, tx.rollsBack ? List.of() : List.copyOf(tx.followers));
  }

  /** One that fails does not hold up the others; the first failure is told. */
  private static void follow(List<Runnable> followers) {
    RuntimeException first = null;
    for (Runnable follower : followers) {
      try {
        follower.run();
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private <T> T work(Work<T> work) throws SQLException {
    connection.setAutoCommit(false);
    boolean committed = false;
    try {
      T result = work.run(this);
      if (!rollsBack) {
        Connection _ = connection(); // flushed
        connection.commit();
        committed = true;
      }
      return result;
    } catch (PersistenceException e) {
      throw failure(e);
    } finally {
      finish(committed);
    }
  }

  /** What the database said, however Hibernate wrapped it; its own objections otherwise. */
  private static SQLException failure(PersistenceException wrapper) {
    return Causes.first(wrapper, SQLException.class).orElseThrow(() -> wrapper);
  }

  private void finish(boolean committed) throws SQLException {
    try {
      if (session != null) {
        session.close();
      }
    } finally {
      if (!connection.isClosed()) {
        if (!committed) {
          connection.rollback();
        }
        connection.setAutoCommit(true);
      }
    }
  }
}
