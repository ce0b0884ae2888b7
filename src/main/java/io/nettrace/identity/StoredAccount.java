package io.nettrace.identity;

/** An account and the hash of its password, which does not leave this component. */
record StoredAccount(Account account, PasswordHash password) {}
