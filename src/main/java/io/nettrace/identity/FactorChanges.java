package io.nettrace.identity;

import io.nettrace.platform.Service;
import jakarta.inject.Inject;
import java.sql.Connection;
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
  FactorOutcome added(Connection transaction, Session session) throws SQLException {
    List<String> codes = recoveryCodes.firstFor(transaction, session.accountId());
    return changed(transaction, session, true, codes);
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
  FactorOutcome removed(Connection transaction, Session session) throws SQLException {
    boolean others = !Factors.of(transaction, session.accountId()).isEmpty();
    if (!others) {
      recoveryCodes.remove(transaction, session.accountId());
    }
    return changed(transaction, session, others && session.secondFactor(), List.of());
  }

  /** After the commit: there is mail. */
  void wake() {
    notices.wake();
  }

  private FactorOutcome changed(
      Connection transaction, Session session, boolean secondFactor, List<String> codes)
      throws SQLException {
    String token = sessions.replaceAll(transaction, session, secondFactor);
    notices.factorsChanged(transaction, session.email());
    return new FactorOutcome.Changed(token, codes);
  }
}
