package io.nettrace.identity;

import io.nettrace.platform.AuditType;

/**
 * What people do with their own accounts; the subject is the account, or the session that ended.
 */
enum PersonAct implements AuditType {
  ACCOUNT_CREATED("account.created"),
  ACCOUNT_VERIFIED("account.verified"),
  ACCOUNT_RENAMED("account.renamed"),
  ACCOUNT_REMOVED("account.removed"),
  EMAIL_CHANGE_REQUESTED("email.change-requested"),
  EMAIL_CHANGED("email.changed"),
  PASSWORD_CHANGED("password.changed"),
  PASSWORD_RESET("password.reset"),
  FACTOR_ADDED("factor.added"),
  FACTOR_REMOVED("factor.removed"),
  RECOVERY_CODES_REPLACED("recovery-codes.replaced"),
  SESSION_ENDED("session.ended");

  private final String type;

  PersonAct(String type) {
    this.type = type;
  }

  @Override
  public String type() {
    return type;
  }
}
