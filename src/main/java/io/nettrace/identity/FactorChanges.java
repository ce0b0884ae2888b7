package io.nettrace.identity;

import io.nettrace.platform.AuditEntry;
import io.nettrace.platform.Service;
import io.nettrace.platform.Tx;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What every change of a person's second factors brings about, in the transaction of the change.
 */
@Service
class FactorChanges {
  private final Sessions sessions;
  private final RecoveryCodes recoveryCodes;
  private final Notices notices;

  @Inject
  FactorChanges(Sessions sessions, RecoveryCodes recoveryCodes, Notices notices) {
    this.sessions = sessions;
    this.recoveryCodes = recoveryCodes;
    this.notices = notices;
  }

  /** A factor is there that was not, and was shown just now. */
  FactorOutcome added(Tx tx, Session session, Factor factor) throws SQLException {
    tx.audit(session.actor(), entry(PersonAct.FACTOR_ADDED, session, factor));
    List<String> codes = recoveryCodes.firstFor(tx.connection(), session.accountId());
    return changed(tx, session, true, codes);
  }

  /**
   * Why the person cannot do without a factor. To be asked before it is removed, with the account
   * locked.
   *
   * @param left the factors that would be left
   */
  Optional<FactorOutcome> refusal(StoredAccount person, Set<Factor> left) {
    return left.isEmpty() && !person.password().standsAlone()
        ? Optional.of(new FactorOutcome.PasswordTooShort(PasswordRules.LEAST_ALONE))
        : Optional.empty();
  }

  /** A factor is gone. */
  FactorOutcome removed(Tx tx, Session session, Factor factor) throws SQLException {
    tx.audit(session.actor(), entry(PersonAct.FACTOR_REMOVED, session, factor));
    boolean others = !Factors.of(tx.connection(), session.accountId()).isEmpty();
    if (!others) {
      recoveryCodes.remove(tx.connection(), session.accountId());
    }
    return changed(tx, session, others && session.secondFactor(), List.of());
  }

  private static AuditEntry entry(PersonAct act, Session session, Factor factor) {
    return AuditEntry.ofInstallation(act, session.accountId().toString()).with("factor", factor);
  }

  private FactorOutcome changed(Tx tx, Session session, boolean secondFactor, List<String> codes)
      throws SQLException {
    String token = sessions.replaceAll(tx, session, secondFactor);
    notices.factorsChanged(tx, session.email());
    return new FactorOutcome.Changed(token, codes);
  }
}
