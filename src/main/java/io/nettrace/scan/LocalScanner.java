package io.nettrace.scan;

import io.nettrace.platform.Actor;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import io.nettrace.platform.StartPhase;
import io.nettrace.platform.Tx;
import io.nettrace.platform.secret.Secrets;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;

/**
 * Gives the scanner that the launcher starts on this machine its credential: the secret in the data
 * folder becomes one of its vantage point, without a step by hand. One that was revoked is replaced
 * at the next start.
 */
@Service
public class LocalScanner {
  /** The secret's file within the data folder. */
  static final String FILE = "secrets/local-scanner";

  private static final Logger LOG = System.getLogger(LocalScanner.class.getName());
  private static final Actor BY = new Actor.System("local-scanner");

  private final Database database;
  private final ScanConfig config;
  private final Secrets secrets;
  private final VantagePointRegister register;
  private final ScannerCredentials credentials;

  @Inject
  LocalScanner(
      Database database,
      ScanConfig config,
      Secrets secrets,
      VantagePointRegister register,
      ScannerCredentials credentials) {
    this.database = database;
    this.config = config;
    this.secrets = secrets;
    this.register = register;
    this.credentials = credentials;
  }

  void begin(@Observes @Priority(StartPhase.SERVE) DatabaseReady ready) {
    config.local().ifPresent(this::enrol);
  }

  private void enrol(VantagePoint vantagePoint) {
    boolean isShared = database.transaction(tx -> isShared(tx, vantagePoint));
    if (!isShared) {
      LOG.log(
          Level.ERROR,
          "the vantage point {0} is a tenant''s: the local scanner needs another name, by"
              + " nettrace.vantage-point",
          vantagePoint.name());
      return;
    }
    if (!adopt(vantagePoint, secrets.read(FILE))) {
      String secret = CredentialSecret.random();
      boolean _ = adopt(vantagePoint, secret);
      var _ = secrets.keep(FILE, secret);
    }
  }

  private boolean adopt(VantagePoint vantagePoint, String secret) {
    return database.transaction(tx -> credentials.adopt(BY, tx, vantagePoint.name(), secret));
  }

  private boolean isShared(Tx tx, VantagePoint vantagePoint) throws SQLException {
    boolean _ = register.register(BY, tx, RegisteredVantagePoint.shared(vantagePoint));
    return RegisteredVantagePoint.find(tx.connection(), vantagePoint.name())
        .filter(place -> place.policy() instanceof AssignmentPolicy.Shared)
        .isPresent();
  }
}
