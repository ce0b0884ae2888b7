package io.nettrace.identity;

/** What shows who somebody is beside the password. */
public enum Factor {
  AUTHENTICATOR_APP,
  PASSKEY,
  RECOVERY_CODE
}
