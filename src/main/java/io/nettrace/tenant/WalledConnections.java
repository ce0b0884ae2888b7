package io.nettrace.tenant;

import java.sql.Connection;
import java.sql.SQLException;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;

/**
 * Gives Hibernate a tenant's connection with its transaction begun behind the walls, and takes it
 * back when the transaction has ended, which is what removes them.
 */
final class WalledConnections implements MultiTenantConnectionProvider<Tenant> {
  private static final long serialVersionUID = 1L;

  private final transient TenantDatabase database;
  private final transient Cells cells;

  WalledConnections(TenantDatabase database, Cells cells) {
    this.database = database;
    this.cells = cells;
  }

  @Override
  public Connection getConnection(Tenant tenant) throws SQLException {
    return database.located(tenant, this::connect);
  }

  private Connection connect(Placement home) throws SQLException {
    Connection connection = cells.source(home.cell()).getConnection();
    boolean done = false;
    try {
      connection.setAutoCommit(false);
      Connection walled = Walls.around(connection, home);
      done = true;
      return walled;
    } finally {
      if (!done) {
        connection.close();
      }
    }
  }

  @Override
  public void releaseConnection(Tenant tenant, Connection connection) throws SQLException {
    try (connection) {
      if (!connection.isClosed()) {
        connection.rollback(); // whatever was not committed, and the walls with it
        connection.setAutoCommit(true);
      }
    }
  }

  @Override
  public Connection getAnyConnection() {
    throw new UnsupportedOperationException("there is no connection without a tenant");
  }

  @Override
  public void releaseAnyConnection(Connection connection) {
    throw new UnsupportedOperationException("there is no connection without a tenant");
  }

  @Override
  public boolean supportsAggressiveRelease() {
    return false;
  }

  @Override
  public boolean isUnwrappableAs(Class<?> type) {
    return false;
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    throw new UnsupportedOperationException();
  }
}
